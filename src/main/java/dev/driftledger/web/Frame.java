package dev.driftledger.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What surrounds the content of every page: where we are, which moment is shown, whether it was
/// being watched.
///
/// @param title of the page
/// @param path of the page, without query
/// @param section which item of the navigation it belongs to, its path
/// @param now when the page was made
/// @param kept the page's own parameters, which the time form sends again
/// @param cover coverage of the last day up to the moment shown, per cluster
/// @param sandbox whether a sandbox runs, so that its page is worth a look
record Frame(
        String title,
        String path,
        String section,
        Links links,
        Stamp now,
        List<Parameter> kept,
        List<Cover> cover,
        boolean sandbox) {
    /// How much time the strip below the top bar shows.
    static final Duration STRIP = Duration.ofDays(1);

    Frame {
        kept = List.copyOf(kept);
        cover = List.copyOf(cover);
    }

    /// The frame of a page that needs nothing of what was recorded.
    static Frame alone(String title, String path) {
        return new Frame(
                title,
                path,
                "",
                new Links(null),
                new Stamp(Instant.now()),
                List.of(),
                List.of(),
                false);
    }

    /// One query parameter.
    record Parameter(String name, String value) {}

    /// One item of the navigation.
    record Item(String label, String path) {}

    /// The coverage strip of one cluster.
    ///
    /// @param svg the picture
    /// @param observed whether the cluster was being watched at the moment shown
    /// @param beganAt when its log began, where the moment shown is before that; else null
    record Cover(
            ClusterView cluster,
            String svg,
            String sentence,
            boolean observed,
            @Nullable Stamp beganAt) {
        static Cover of(int number, CoverageView coverage) {
            List<Span> spans = coverage.together();
            String name = "cluster " + coverage.cluster().name();
            return new Cover(
                    coverage.cluster(),
                    CoverageStrip.svg("cover-" + number, name, coverage, spans),
                    CoverageStrip.sentence(coverage, spans),
                    !spans.isEmpty() && spans.getLast().state() == Span.State.WATCHED,
                    coverage.beforeLog() ? coverage.beganAt() : null);
        }
    }

    /// The moment shown; null for now.
    public @Nullable Stamp at() {
        return links.at();
    }

    /// The moment shown, now when none was asked for.
    public Stamp shown() {
        return links.at() == null ? now : links.at();
    }

    /// Whether the page shows now and may be another one soon, so that it refreshes itself.
    public boolean live() {
        return links.at() == null && timed();
    }

    /// Whether the page can show another moment; the files of a log are what they are.
    public boolean timed() {
        return !path.startsWith("/log/") && !path.equals("/problems");
    }

    /// The navigation.
    public List<Item> items() {
        List<Item> items =
                List.of(
                        new Item("Applications", "/"),
                        new Item("Findings", "/findings"),
                        new Item("Coverage", "/coverage"),
                        new Item("Logs", "/checkpoints"),
                        new Item("Sandbox", "/sandbox"));
        return sandbox ? items : items.subList(0, items.size() - 1);
    }

    /// This page some minutes before the moment shown, with its own parameters.
    public String earlier(int minutes) {
        Links then = new Links(new Stamp(shown().at().minus(Duration.ofMinutes(minutes))));
        return kept.isEmpty() ? then.page(path) : then.page(path, query());
    }

    /// This page now.
    public String present() {
        return kept.isEmpty() ? path : path + "?" + query();
    }

    private String query() {
        return String.join(
                "&",
                kept.stream()
                        .map(p -> Links.segment(p.name()) + "=" + Links.segment(p.value()))
                        .toList());
    }

    /// The clusters that were not being watched at the moment shown.
    public List<Cover> unobserved() {
        return cover.stream().filter(c -> !c.observed()).toList();
    }
}
