package dev.driftledger.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lays out the coverage of a cluster for its page.
final class CoverageLayout {
    private CoverageLayout() {}

    /// Strips by type, and the gaps with all types that each is about, newest first.
    ///
    /// @param number of the cluster on the page, for ids
    static Pages.ClusterCoverage cluster(int number, CoverageView view) {
        List<Pages.TypeStrip> strips = new ArrayList<>();
        Map<Span, List<String>> gaps = new LinkedHashMap<>();
        for (CoverageView.Type type : view.types()) {
            String id = "strip-" + number + "-" + strips.size();
            strips.add(
                    new Pages.TypeStrip(
                            type.path(),
                            CoverageStrip.svg(
                                    id,
                                    type.path(),
                                    view.from().at(),
                                    view.to().at(),
                                    type.spans()),
                            CoverageStrip.sentence(
                                    view.from().at(), view.to().at(), type.spans())));
            type.spans().stream()
                    .filter(span -> span.state() != Span.State.WATCHED)
                    .forEach(gap ->
                            gaps.computeIfAbsent(gap, _ -> new ArrayList<>()).add(type.path()));
        }
        List<Pages.Gap> sorted =
                gaps.entrySet().stream()
                        .map(gap -> new Pages.Gap(gap.getKey(), gap.getValue()))
                        .sorted((a, b) -> b.span().from().at().compareTo(a.span().from().at()))
                        .toList();
        return new Pages.ClusterCoverage(view, strips, sorted);
    }
}
