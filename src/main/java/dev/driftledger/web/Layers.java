package dev.driftledger.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Lays spans of time over each other, as one would with slides.
final class Layers {
    private Layers() {}

    /// One range without holes: wherever spans overlap the first of the list is seen, where there
    /// is none nothing was observed. Neighbours that say the same are one.
    static List<Span> flatten(List<Span> topFirst, Instant from, Instant to) {
        TreeSet<Instant> edges = new TreeSet<>(List.of(from, to));
        for (Span span : topFirst) {
            addWithin(edges, span.from().at(), from, to);
            addWithin(edges, span.to().at(), from, to);
        }
        List<Span> flat = new ArrayList<>();
        Instant begin = edges.first();
        for (Instant end : edges.tailSet(begin, false)) {
            append(flat, seen(topFirst, new Stamp(begin), new Stamp(end)));
            begin = end;
        }
        return flat;
    }

    private static void addWithin(Set<Instant> edges, Instant edge, Instant from, Instant to) {
        if (edge.isAfter(from) && edge.isBefore(to)) {
            edges.add(edge);
        }
    }

    private static Span seen(List<Span> topFirst, Stamp from, Stamp to) {
        for (Span span : topFirst) {
            if (!from.at().isBefore(span.from().at()) && from.at().isBefore(span.to().at())) {
                return new Span(from, to, span.state(), span.cause(), span.detail());
            }
        }
        return new Span(from, to, Span.State.NOT_OBSERVED, null, null);
    }

    private static void append(List<Span> spans, Span span) {
        if (!spans.isEmpty() && spans.getLast().sameAs(span)) {
            Span last = spans.removeLast();
            spans.add(new Span(last.from(), span.to(), last.state(), last.cause(), last.detail()));
        } else {
            spans.add(span);
        }
    }
}
