package dev.driftledger.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.store.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads off a log's entries when which type was being watched.
///
/// A type is watched from its `watch.started` until a `watch.unavailable`, a `shutdown` or a gap
/// says otherwise. A watch that resumes where it stopped lost nothing, so a stop in good order in
/// between is no gap. After longer silence than the scope allows nothing counts as watched.
final class CoverageHistory {
    private final SortedMap<String, Watch> watches = new TreeMap<>();
    private List<CoverageView.Exclusion> excluded = List.of();
    private Duration silenceMax = Duration.ZERO;
    private @Nullable Instant lastHeard;

    private CoverageHistory() {}

    /// The coverage of a range.
    ///
    /// @param entries of the types `scope`, `startup`, `shutdown`, `heartbeat`, `gap`,
    ///     `watch.started` and `watch.unavailable`, in order, from before the range on
    static CoverageView of(ClusterRef cluster, List<Recorded> entries, Instant from, Instant to) {
        CoverageHistory history = new CoverageHistory();
        entries.forEach(recorded -> history.read(recorded.entry()));
        List<CoverageView.Type> types = new ArrayList<>();
        history.watches.forEach(
                (path, watch) -> {
                    List<Span> spans = watch.spans(from, to, history.heardUntil(to));
                    double share = CoverageStrip.watchedShare(from, to, spans);
                    types.add(new CoverageView.Type(path, share, spans));
                });
        return new CoverageView(
                ClusterView.of(cluster), new Stamp(from), new Stamp(to), types, history.excluded);
    }

    private Instant heardUntil(Instant to) {
        if (lastHeard == null || silenceMax.isZero()) {
            return to;
        }
        Instant quiet = lastHeard.plus(silenceMax);
        return quiet.isBefore(to) ? lastHeard : to;
    }

    private void read(Entry entry) {
        Body body = Body.of(entry);
        Instant time = entry.observedAt();
        lastHeard = time;
        switch (entry.type()) {
            case SCOPE -> readScope(body);
            case WATCH_STARTED ->
                    watch(body.text("path"))
                            .start(time, body.node().path("resumed").asBoolean(false));
            case WATCH_UNAVAILABLE ->
                    watch(body.text("path"))
                            .stop(time, body.textOrNull("reason"), body.textOrNull("detail"));
            case SHUTDOWN -> watches.values().forEach(watch -> watch.pause(time));
            case GAP -> readGap(body);
            default -> {
                // heartbeats and the like only tell that somebody was there
            }
        }
    }

    private void readScope(Body body) {
        silenceMax = Duration.ofSeconds(body.count("silenceSeconds"));
        body.texts("watched").forEach(this::watch);
        List<CoverageView.Exclusion> read = new ArrayList<>();
        for (JsonNode node : body.node().path("excluded")) {
            Body item = new Body(node);
            read.add(
                    new CoverageView.Exclusion(
                            item.text("group"), item.text("plural"), item.text("reason")));
        }
        excluded = List.copyOf(read);
    }

    private void readGap(Body body) {
        Stamp from = body.stamp("from");
        Stamp to = body.stamp("to");
        if (from == null || to == null) {
            return;
        }
        Span gap =
                new Span(
                        from, to, Span.State.GAP, body.textOrNull("cause"),
                        body.textOrNull("detail"));
        List<String> types = body.texts("types");
        if (types.isEmpty()) {
            watches.values().forEach(watch -> watch.gaps.add(gap));
        } else {
            types.forEach(path -> watch(path).gaps.add(gap));
        }
    }

    private Watch watch(String path) {
        return watches.computeIfAbsent(path, _ -> new Watch());
    }

    /// One type's own history.
    private static final class Watch {
        private final List<Span> watched = new ArrayList<>();
        private final List<Span> refused = new ArrayList<>();
        private final List<Span> gaps = new ArrayList<>();
        private @Nullable Instant since;
        private @Nullable Instant pausedSince;
        private @Nullable Span unavailable;

        void start(Instant time, boolean resumed) {
            if (unavailable != null) {
                refused.add(until(unavailable, time));
                unavailable = null;
            }
            if (since == null) {
                since = resumed && pausedSince != null ? pausedSince : time;
            }
            pausedSince = null;
        }

        void stop(Instant time, @Nullable String cause, @Nullable String detail) {
            pause(time);
            pausedSince = null;
            if (unavailable == null) {
                Stamp at = new Stamp(time);
                unavailable = new Span(at, at, Span.State.NOT_OBSERVED, cause, detail);
            }
        }

        void pause(Instant time) {
            if (since != null) {
                watched.add(watchedSpan(since, time));
                since = null;
                pausedSince = time;
            }
        }

        /// The whole range without holes: gaps first, then what was refused, then what was watched.
        List<Span> spans(Instant from, Instant to, Instant heardUntil) {
            List<Span> open = new ArrayList<>(gaps);
            open.addAll(refused);
            if (unavailable != null) {
                open.add(until(unavailable, to));
            }
            open.addAll(watched);
            if (since != null) {
                open.add(watchedSpan(since, heardUntil));
            }
            return Layers.flatten(open, from, to);
        }

        private static Span until(Span span, Instant end) {
            return new Span(span.from(), new Stamp(end), span.state(), span.cause(), span.detail());
        }

        private static Span watchedSpan(Instant from, Instant to) {
            return new Span(new Stamp(from), new Stamp(to), Span.State.WATCHED, null, null);
        }
    }
}
