package dev.driftledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// When one kind of resource was watched: spans in order, the last one open-ended while it is
/// being watched, and why each of them ended.
final class WatchHistory {
    private record Cause(String word, @Nullable String detail) {}

    private static final Cause NOT_YET = new Cause("not-yet-watched", null);
    private static final Cause BEFORE_LOG = new Cause("before-log", "before this log began");

    private final List<Coverage.Span> spans = new ArrayList<>();
    private final NavigableMap<Instant, Cause> causes = new TreeMap<>();

    /// The watch began, or went on.
    ///
    /// @param resumed whether it brought everything since it last ended
    void open(Instant at, boolean resumed) {
        boolean open = !spans.isEmpty() && spans.getLast().to().equals(Instant.MAX);
        if (open) {
            return;
        }
        boolean goesOn = resumed && !spans.isEmpty();
        Instant from = goesOn ? spans.removeLast().from() : at;
        spans.add(new Coverage.Span(from, Instant.MAX));
    }

    /// The watch ended; nothing when it was not going on.
    void close(Instant at, String cause, @Nullable String detail) {
        cut(new Coverage.Span(at, Instant.MAX), cause, detail);
    }

    /// Nothing was watched in that time, whatever was said before.
    void cut(Coverage.Span gap, String cause, @Nullable String detail) {
        List<Coverage.Span> left = new ArrayList<>();
        boolean hit = false;
        for (Coverage.Span span : spans) {
            Instant end = earlier(span.to(), gap.from());
            Instant begin = later(span.from(), gap.to());
            hit |= span.from().isBefore(gap.to()) && gap.from().isBefore(span.to());
            if (span.from().isBefore(end)) {
                left.add(new Coverage.Span(span.from(), end));
            }
            if (begin.isBefore(span.to())) {
                left.add(new Coverage.Span(begin, span.to()));
            }
        }
        if (hit || spans.isEmpty()) {
            causes.put(gap.from(), new Cause(cause, detail));
        }
        spans.clear();
        spans.addAll(left);
    }

    /// What was and was not watched of a range.
    ///
    /// @param beganAt when the log began; null when it did not
    Coverage.OfType within(String path, Coverage.Span range, @Nullable Instant beganAt) {
        List<Coverage.Span> observed = new ArrayList<>();
        List<Coverage.Gap> gaps = new ArrayList<>();
        Instant done = range.from();
        if (beganAt != null && beganAt.isAfter(done)) {
            done = earlier(beganAt, range.to());
            gaps.add(
                    new Coverage.Gap(
                            new Coverage.Span(range.from(), done),
                            BEFORE_LOG.word(),
                            BEFORE_LOG.detail()));
        }
        for (Coverage.Span span : spans) {
            Instant begin = later(span.from(), done);
            Instant end = earlier(span.to(), range.to());
            if (begin.isBefore(end)) {
                addGap(gaps, done, begin);
                observed.add(new Coverage.Span(begin, end));
                done = end;
            }
        }
        addGap(gaps, done, range.to());
        Duration seen =
                observed.stream().map(Coverage.Span::length).reduce(Duration.ZERO, Duration::plus);
        double share = (double) seen.toMillis() / Math.max(1, range.length().toMillis());
        return new Coverage.OfType(path, observed, gaps, share);
    }

    private void addGap(List<Coverage.Gap> gaps, Instant from, Instant to) {
        if (from.isBefore(to)) {
            java.util.Map.Entry<Instant, Cause> known = causes.floorEntry(from);
            Cause cause = known == null ? NOT_YET : known.getValue();
            gaps.add(new Coverage.Gap(new Coverage.Span(from, to), cause.word(), cause.detail()));
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
