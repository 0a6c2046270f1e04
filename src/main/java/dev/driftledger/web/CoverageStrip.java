package dev.driftledger.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Draws a range of time as a strip: solid where it was watched, half as high where it was caught
/// up later, hatched where there was a gap, empty where nothing was observed. Short gaps keep a
/// minimum width, so that none is invisible.
final class CoverageStrip {
    private static final int GAP_WIDTH_MIN_PIXELS = 4;

    private CoverageStrip() {}

    /// The picture, as wide as its place.
    ///
    /// @param id unique on the page, of letters, digits and `-`
    /// @param name what is being covered
    static String svg(String id, String name, CoverageView view, List<Span> spans) {
        Instant from = view.from().at();
        Instant to = view.to().at();
        Svg svg =
                Svg.picture(
                        id,
                        "width=\"100%\" height=\"14\" preserveAspectRatio=\"none\"",
                        "Coverage of " + name,
                        sentence(view, spans));
        svg.hatching(id + "-h");
        svg.shape("rect", "class", "cover-none", "width", "100%", "height", "100%");
        spans.stream()
                .filter(span -> span.state() == Span.State.WATCHED)
                .forEach(span -> draw(svg, span, from, to, "class", "cover-watched"));
        spans.stream()
                .filter(span -> span.state() == Span.State.CAUGHT_UP)
                .forEach(span -> draw(svg, span, from, to, "class", "cover-watched"));
        for (Span span : spans) {
            if (span.state() == Span.State.GAP) {
                draw(svg, span, from, to, "fill", "url(#" + id + "-h)");
                drawGapEdge(svg, span, from, to);
            }
        }
        return svg.end();
    }

    /// What the strip shows, in words, such as
    /// `Watched 99.2 % of the last 24 h; 2 gaps, longest 14 min 3 s`.
    static String sentence(CoverageView view, List<Span> spans) {
        Instant from = view.from().at();
        List<Span> gaps = spans.stream().filter(s -> s.state() == Span.State.GAP).toList();
        Instant to = view.to().at();
        double share = 100 * share(Span.State.WATCHED, from, to, spans);
        double late = 100 * share(Span.State.CAUGHT_UP, from, to, spans);
        if (view.beforeLog()) {
            return "Empty: before this log began";
        }
        if (share <= 0 && late <= 0 && gaps.isEmpty()) {
            return "Not observed in this range";
        }
        boolean earlier = view.beganAt() != null && from.isBefore(view.beganAt().at());
        return "Watched "
                + percent(share)
                + view.rangeWords()
                + (late > 0 ? ", " + percent(Math.max(0.1, late)) + "caught up later; " : "; ")
                + gapWords(from, gaps)
                + (earlier ? "; empty: before this log began" : "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %% ", Math.floor(share * 10) / 10);
    }

    private static String gapWords(Instant from, List<Span> gaps) {
        if (gaps.isEmpty()) {
            return "no gap";
        }
        Duration longest =
                gaps.stream()
                        .map(gap -> Duration.between(gap.from().at(), gap.to().at()))
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        return gaps.size()
                + (gaps.size() == 1 ? " gap of " : " gaps, longest ")
                + Stamp.span(from, from.plus(longest));
    }

    /// Which part of the range was in a state, 0 to 1; overlapping spans count once.
    static double share(Span.State state, Instant from, Instant to, List<Span> spans) {
        Instant reached = from;
        Duration sum = Duration.ZERO;
        List<Span> sorted =
                spans.stream()
                        .filter(span -> span.state() == state)
                        .sorted(java.util.Comparator.comparing(span -> span.from().at()))
                        .toList();
        for (Span span : sorted) {
            Instant begin = span.from().at().isBefore(reached) ? reached : span.from().at();
            Instant end = span.to().at().isAfter(to) ? to : span.to().at();
            if (end.isAfter(begin)) {
                sum = sum.plus(Duration.between(begin, end));
                reached = end;
            }
        }
        long whole = Math.max(1, Duration.between(from, to).toMillis());
        return Math.min(1, sum.toMillis() / (double) whole);
    }

    private static void draw(
            Svg svg, Span span, Instant from, Instant to, String attribute, String value) {
        double begin = percent(span.from().at(), from, to);
        double end = percent(span.to().at(), from, to);
        svg.titled(
                span.state().label() + ", " + span.from().utc() + " to " + span.to().utc(),
                "rect",
                attribute,
                value,
                "x",
                Svg.percent(begin),
                "y",
                span.late() ? "50%" : "0",
                "width",
                Svg.percent(Math.max(0, end - begin)),
                "height",
                span.late() ? "50%" : "100%");
    }

    private static void drawGapEdge(Svg svg, Span span, Instant from, Instant to) {
        String x = Svg.percent(percent(span.from().at(), from, to));
        svg.shape(
                "line",
                "class",
                "cover-gap-edge",
                "x1",
                x,
                "x2",
                x,
                "y1",
                0,
                "y2",
                "100%",
                "stroke-width",
                GAP_WIDTH_MIN_PIXELS);
    }

    private static double percent(Instant time, Instant from, Instant to) {
        long whole = Math.max(1, Duration.between(from, to).toMillis());
        double part = Duration.between(from, time).toMillis() / (double) whole;
        return 100 * Math.clamp(part, 0, 1);
    }
}
