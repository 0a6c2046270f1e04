package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.store.Coverage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When the types of one cluster were really being watched, within a range of time.
///
/// @param from begin of the range; without a wish, no earlier than the log
/// @param to end of the range
/// @param beganAt when the log began; null while it is empty
/// @param types sorted by path
/// @param excluded types that are left out on purpose
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CoverageView(
        ClusterView cluster,
        Stamp from,
        Stamp to,
        @Nullable Stamp beganAt,
        List<Type> types,
        List<Exclusion> excluded) {
    /// Causes with which nothing was promised, in contrast to a promise that was not kept.
    private static final Set<String> NOT_PROMISED =
            Set.of("before-log", "not-yet-watched", "out-of-scope", "unavailable");

    CoverageView {
        types = List.copyOf(types);
        excluded = List.copyOf(excluded);
    }

    /// One type of resource.
    ///
    /// @param path the API path that lists it, such as `/apis/apps/v1/deployments`
    /// @param watchedShare of the range that was watched, 0 to 1
    /// @param caughtUpShare of the range that was not watched, and of which every change was seen
    ///     later, 0 to 1
    /// @param spans the whole range, in order, without holes
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Type(String path, double watchedShare, double caughtUpShare, List<Span> spans) {
        Type {
            spans = List.copyOf(spans);
        }

        private static Type of(Coverage.OfType type) {
            List<Span> spans = new ArrayList<>();
            for (Coverage.Span seen : type.observed()) {
                spans.add(span(seen, Span.State.WATCHED, null, null));
            }
            for (Coverage.Gap late : type.caughtUp()) {
                spans.add(span(late.span(), Span.State.CAUGHT_UP, late.cause(), late.detail()));
            }
            for (Coverage.Gap gap : type.gaps()) {
                Span.State state =
                        NOT_PROMISED.contains(gap.cause())
                                ? Span.State.NOT_OBSERVED
                                : Span.State.GAP;
                spans.add(span(gap.span(), state, gap.cause(), gap.detail()));
            }
            spans.sort(Comparator.comparing(span -> span.from().at()));
            return new Type(type.path(), type.share(), type.caughtUpShare(), spans);
        }

        private static Span span(
                Coverage.Span span,
                Span.State state,
                @Nullable String cause,
                @Nullable String detail) {
            return new Span(new Stamp(span.from()), new Stamp(span.to()), state, cause, detail);
        }
    }

    /// A type that is not watched, and why.
    record Exclusion(String group, String plural, String reason) {}

    static CoverageView of(ClusterRef cluster, Coverage coverage) {
        return new CoverageView(
                ClusterView.of(cluster),
                new Stamp(coverage.from()),
                new Stamp(coverage.to()),
                coverage.beganAt() == null ? null : new Stamp(coverage.beganAt()),
                coverage.types().stream().map(Type::of).toList(),
                coverage.excluded().stream()
                        .map(left -> new Exclusion(left.group(), left.plural(), left.reason()))
                        .toList());
    }

    /// Whether all of the range lies before the log began.
    boolean beforeLog() {
        return beganAt != null && !beganAt.at().isBefore(to.at());
    }

    /// The range in words: `since 16:57 UTC` where it begins with the log.
    String rangeWords() {
        if (from.equals(beganAt)) {
            boolean sameDay = from.utc().substring(0, 10).equals(to.utc().substring(0, 10));
            return "since " + from.utc().substring(sameDay ? 11 : 0, 16) + " UTC";
        }
        return Duration.between(from.at(), to.at()).equals(Frame.STRIP)
                ? "of the last 24 h"
                : "of this range";
    }

    /// The cluster as a whole: a gap where any type has one, else caught up where any was, else
    /// watched where any was.
    List<Span> together() {
        List<Span> spans = new ArrayList<>();
        for (Span.State state : List.of(Span.State.GAP, Span.State.CAUGHT_UP, Span.State.WATCHED)) {
            types.stream()
                    .flatMap(type -> type.spans().stream())
                    .filter(span -> span.state() == state)
                    .forEach(spans::add);
        }
        return Layers.flatten(spans, from.at(), to.at());
    }
}
