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
/// @param cover coverage up to the moment shown, of each cluster that the page is about
/// @param sandbox whether a sandbox runs, so that its page is worth a look
/// @param typed what was asked for as the moment where it could not be read; else null
record Frame(
        String title,
        String path,
        String section,
        Links links,
        Stamp now,
        List<Parameter> kept,
        List<Cover> cover,
        boolean sandbox,
        @Nullable String typed) {
    /// How much time the strip below the top bar shows.
    static final Duration STRIP = Duration.ofDays(1);

    /// With more clusters the strips would fill the page; the page of coverage has all.
    static final int STRIPS_MAX = 6;

    /// With more clusters that were not observed they are told of in one sentence.
    private static final int UNSEEN_ALONE_MAX = 2;

    /// How many clusters that sentence names.
    private static final int UNSEEN_NAMED_MAX = 8;

    Frame {
        kept = List.copyOf(kept);
        cover = List.copyOf(cover);
    }

    /// The same frame, which shows what was typed as the moment.
    Frame typed(@Nullable String text) {
        return new Frame(title, path, section, links, now, kept, cover, sandbox, text);
    }

    /// What the form of the moment holds; empty for now.
    public String momentText() {
        if (typed != null) {
            return typed;
        }
        return links.at() == null ? "" : links.at().rfc3339();
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
                false,
                null);
    }

    /// One query parameter.
    record Parameter(String name, String value) {}

    /// One item of the navigation.
    record Item(String label, String path) {}

    /// The coverage strip of one cluster.
    ///
    /// @param svg the picture
    /// @param watching whether the cluster was being watched at the moment shown
    /// @param beganAt when its log began, where the moment shown is before that; else null
    record Cover(
            ClusterView cluster,
            String svg,
            String sentence,
            Watching watching,
            @Nullable Stamp beganAt) {
        static Cover of(int number, CoverageView coverage) {
            List<Span> spans = coverage.together();
            String name = "cluster " + coverage.cluster().name();
            return new Cover(
                    coverage.cluster(),
                    CoverageStrip.svg("cover-" + number, name, coverage, spans),
                    CoverageStrip.sentence(coverage, spans),
                    Watching.atEndOf(coverage),
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

    /// Whether the page shows now and may be another one soon, so that it refreshes itself; a
    /// problem stays what it is.
    public boolean live() {
        return links.at() == null && timed() && !section.isEmpty();
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

    /// Whether a cluster was being watched at the moment shown.
    Watching watching(String cluster) {
        return cover.stream()
                .filter(each -> each.cluster().uid().equals(cluster))
                .map(Cover::watching)
                .findFirst()
                .orElse(Watching.UNKNOWN);
    }

    /// The clusters whose strips are drawn; none where they would be too many.
    public List<Cover> strips() {
        return cover.size() > STRIPS_MAX ? List.of() : cover;
    }

    /// What stands for the strips where they would be too many; null where they are drawn.
    public @Nullable String coverWords() {
        int seen = cover.size() - unobserved().size();
        return cover.size() > STRIPS_MAX
                ? cover.size() + " clusters, " + seen + " of them being watched"
                : null;
    }

    /// The clusters that were not being watched at the moment shown.
    public List<Cover> unobserved() {
        return cover.stream().filter(each -> !each.watching().observed()).toList();
    }

    /// Those of them that have a sentence each.
    public List<Cover> unobservedAlone() {
        List<Cover> unobserved = unobserved();
        return unobserved.size() > UNSEEN_ALONE_MAX ? List.of() : unobserved;
    }

    /// All of them in one sentence, such as `9 of 12 clusters (a, b and 7 more)`; null where they
    /// have a sentence each.
    public @Nullable String unobservedTogether() {
        List<Cover> unobserved = unobserved();
        if (unobserved.size() <= UNSEEN_ALONE_MAX) {
            return null;
        }
        List<String> names =
                unobserved.stream()
                        .limit(UNSEEN_NAMED_MAX)
                        .map(each -> each.cluster().name())
                        .toList();
        int more = unobserved.size() - names.size();
        String of = unobserved.size() + " of " + cover.size() + " clusters";
        return of + " (" + String.join(", ", names) + (more > 0 ? " and " + more + " more)" : ")");
    }
}
