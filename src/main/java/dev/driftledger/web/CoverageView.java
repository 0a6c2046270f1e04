package dev.driftledger.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;

/// When the types of one cluster were really being watched, within a range of time.
///
/// @param types sorted by path
/// @param excluded types that are left out on purpose
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record CoverageView(
        ClusterView cluster, Stamp from, Stamp to, List<Type> types, List<Exclusion> excluded) {
    CoverageView {
        types = List.copyOf(types);
        excluded = List.copyOf(excluded);
    }

    /// One type of resource.
    ///
    /// @param path the API path that lists it, such as `/apis/apps/v1/deployments`
    /// @param watchedShare of the range, 0 to 1
    /// @param spans the whole range, in order, without holes
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Type(String path, double watchedShare, List<Span> spans) {
        Type {
            spans = List.copyOf(spans);
        }

        /// Its gaps only.
        public List<Span> gaps() {
            return spans.stream().filter(span -> span.state() == Span.State.GAP).toList();
        }
    }

    /// A type that is not watched, and why.
    record Exclusion(String group, String plural, String reason) {}

    /// The cluster as a whole: a gap where any type has one, else watched where any was.
    public List<Span> together() {
        List<Span> spans = new ArrayList<>();
        for (Span.State state : List.of(Span.State.GAP, Span.State.WATCHED)) {
            types.stream()
                    .flatMap(type -> type.spans().stream())
                    .filter(span -> span.state() == state)
                    .forEach(spans::add);
        }
        return Layers.flatten(spans, from.at(), to.at());
    }
}
