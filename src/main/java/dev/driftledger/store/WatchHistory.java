package dev.driftledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// When one kind of resource was watched: spans in order, the last one open-ended while it is
/// being watched, why each of them ended, and which times between them were caught up.
final class WatchHistory {
    private record Cause(String word, @Nullable String detail) {}

    private static final Cause NOT_YET = new Cause("not-yet-watched", null);
    private static final Cause RESTART = new Cause("restart", null);
    private static final Cause BEFORE_LOG = new Cause("before-log", "before this log began");

    private final List<Coverage.Span> spans = new ArrayList<>();
    private final List<Coverage.Span> caughtUp = new ArrayList<>();
    private final List<Coverage.Span> lost = new ArrayList<>();
    private final NavigableMap<Instant, Cause> causes = new TreeMap<>();
    private @Nullable Instant firstAt;

    /// The watch began, or went on.
    ///
    /// @param resumed whether it brings everything since it last ended
    void open(Instant at, boolean resumed) {
        boolean open = !spans.isEmpty() && spans.getLast().to().equals(Instant.MAX);
        if (open) {
            return;
        }
        Instant end = spans.isEmpty() ? firstAt : spans.getLast().to();
        if (resumed) {
            caughtUp.add(new Coverage.Span(end == null ? Instant.MIN : end, at));
            lost.forEach(gap -> cut(caughtUp, gap));
        }
        firstAt = firstAt == null ? at : firstAt;
        spans.add(new Coverage.Span(at, Instant.MAX));
    }

    /// The watch ended; nothing when it was not going on.
    void close(Instant at, String cause, @Nullable String detail) {
        cut(new Coverage.Span(at, Instant.MAX), cause, detail);
    }

    /// What changed in that time was missed for ever, whatever was said before.
    void lose(Coverage.Span gap, String cause, @Nullable String detail) {
        cut(gap, cause, detail);
        lost.add(gap);
    }

    /// Nothing was watched in that time, whatever was said before.
    void cut(Coverage.Span gap, String cause, @Nullable String detail) {
        boolean none = spans.isEmpty();
        boolean hit = cut(spans, gap);
        boolean late = cut(caughtUp, gap);
        if (hit || late || none) {
            causes.put(gap.from(), new Cause(cause, detail));
        }
    }

    private static boolean cut(List<Coverage.Span> spans, Coverage.Span gap) {
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
        spans.clear();
        spans.addAll(left);
        return hit;
    }

    /// What was and was not watched of a range.
    ///
    /// @param beganAt when the log began; null when it did not
    Coverage.OfType within(String path, Coverage.Span range, @Nullable Instant beganAt) {
        List<Coverage.Span> observed = new ArrayList<>();
        List<Coverage.Gap> late = new ArrayList<>();
        List<Coverage.Gap> gaps = new ArrayList<>();
        Instant done = range.from();
        if (beganAt != null && beganAt.isAfter(done)) {
            done = earlier(beganAt, range.to());
            gaps.add(gap(range.from(), done, BEFORE_LOG));
        }
        for (Coverage.Span span : spans) {
            Instant begin = later(span.from(), done);
            Instant end = earlier(span.to(), range.to());
            if (begin.isBefore(end)) {
                unobserved(new Coverage.Span(done, begin), late, gaps);
                observed.add(new Coverage.Span(begin, end));
                done = end;
            }
        }
        unobserved(new Coverage.Span(done, range.to()), late, gaps);
        return new Coverage.OfType(
                path,
                observed,
                late,
                gaps,
                share(observed, range),
                share(late.stream().map(Coverage.Gap::span).toList(), range));
    }

    /// Tells what of a time that was not watched was caught up from what was missed.
    private void unobserved(Coverage.Span time, List<Coverage.Gap> late, List<Coverage.Gap> gaps) {
        Instant done = time.from();
        for (Coverage.Span span : caughtUp) {
            Instant begin = later(span.from(), done);
            Instant end = earlier(span.to(), time.to());
            if (begin.isBefore(end)) {
                missed(done, begin, gaps);
                late.add(gap(begin, end, cause(begin, RESTART)));
                done = end;
            }
        }
        missed(done, time.to(), gaps);
    }

    private void missed(Instant from, Instant to, List<Coverage.Gap> gaps) {
        if (from.isBefore(to)) {
            gaps.add(gap(from, to, cause(from, NOT_YET)));
        }
    }

    private Cause cause(Instant at, Cause otherwise) {
        Map.Entry<Instant, Cause> known = causes.floorEntry(at);
        return known == null ? otherwise : known.getValue();
    }

    private static Coverage.Gap gap(Instant from, Instant to, Cause cause) {
        return new Coverage.Gap(new Coverage.Span(from, to), cause.word(), cause.detail());
    }

    private static double share(List<Coverage.Span> spans, Coverage.Span range) {
        Duration sum =
                spans.stream().map(Coverage.Span::length).reduce(Duration.ZERO, Duration::plus);
        return (double) sum.toMillis() / Math.max(1, range.length().toMillis());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
