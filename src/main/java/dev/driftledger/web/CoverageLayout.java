package dev.driftledger.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Lays out the coverage of a cluster for its page: types that were watched alike stand together.
final class CoverageLayout {
    /// Watches of many types begin and end one after the other within about this time.
    private static final Duration ALIKE = Duration.ofSeconds(2);

    private CoverageLayout() {}

    /// Types that were watched alike, the largest group first, and the gaps, newest first, each
    /// with all types that it is about.
    ///
    /// @param number of the cluster on the page, for ids
    static Pages.ClusterCoverage cluster(int number, CoverageView view) {
        List<List<CoverageView.Type>> groups = new ArrayList<>();
        List<OfGap> gaps = new ArrayList<>();
        for (CoverageView.Type type : view.types()) {
            join(groups, type);
            type.spans().stream()
                    .filter(span -> span.state() != Span.State.WATCHED)
                    .forEach(gap -> join(gaps, gap, type.path()));
        }
        groups.sort(Comparator.comparingInt(group -> -group.size()));
        List<Pages.TypeStrip> strips = new ArrayList<>();
        for (List<CoverageView.Type> group : groups) {
            strips.add(strip("strip-" + number + "-" + strips.size(), view, group));
        }
        return new Pages.ClusterCoverage(
                view,
                strips,
                gaps.stream()
                        .sorted(Comparator.comparing(OfGap::from).reversed())
                        .map(gap -> new Pages.Gap(gap.span, gap.paths))
                        .toList());
    }

    /// A gap that several types had.
    private record OfGap(Span span, List<String> paths) {
        private Instant from() {
            return span.from().at();
        }
    }

    private static void join(List<List<CoverageView.Type>> groups, CoverageView.Type type) {
        for (List<CoverageView.Type> group : groups) {
            if (alike(group.getFirst().spans(), type.spans())) {
                group.add(type);
                return;
            }
        }
        groups.add(new ArrayList<>(List.of(type)));
    }

    private static void join(List<OfGap> gaps, Span gap, String path) {
        for (OfGap known : gaps) {
            if (alike(known.span(), gap)) {
                known.paths().add(path);
                return;
            }
        }
        gaps.add(new OfGap(gap, new ArrayList<>(List.of(path))));
    }

    private static boolean alike(List<Span> some, List<Span> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!alike(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(Span one, Span other) {
        return one.sameAs(other) && near(one.from(), other.from()) && near(one.to(), other.to());
    }

    private static boolean near(Stamp one, Stamp other) {
        return Duration.between(one.at(), other.at()).abs().compareTo(ALIKE) <= 0;
    }

    /// One line for a group, told by the type that was watched least.
    private static Pages.TypeStrip strip(
            String id, CoverageView view, List<CoverageView.Type> group) {
        CoverageView.Type least =
                group.stream()
                        .min(Comparator.comparingDouble(CoverageView.Type::watchedShare))
                        .orElseThrow();
        String label =
                group.size() == 1 ? least.path() : group.size() + " types " + together(least);
        return new Pages.TypeStrip(
                label,
                group.size() == 1 ? List.of() : paths(group),
                CoverageStrip.svg(id, label, view, least.spans()),
                CoverageStrip.sentence(view, least.spans()));
    }

    private static String together(CoverageView.Type type) {
        if (type.spans().stream().allMatch(span -> span.state() == Span.State.WATCHED)) {
            return "watched the whole range";
        }
        boolean watched = type.spans().getLast().state() == Span.State.WATCHED;
        boolean gap =
                type.spans().stream()
                        .anyMatch(span ->
                                span.state() == Span.State.GAP
                                        || span.state() == Span.State.CAUGHT_UP);
        return watched && !gap ? "watched since they were first listed" : "watched alike";
    }

    private static List<String> paths(List<CoverageView.Type> group) {
        return group.stream().map(CoverageView.Type::path).toList();
    }
}
