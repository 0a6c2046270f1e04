package dev.driftledger.web;

import dev.driftledger.store.LogSummary;
import dev.driftledger.store.Queries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes what surrounds a page: the moment, and whether the clusters were being watched then.
@Singleton
final class Frames {
    /// How far back is read where no strips are drawn: only the end of it is shown.
    private static final Duration GLANCE = Duration.ofMinutes(1);

    private final Queries queries;
    private final Observation observation;
    private final Instance<LifeSource> life;

    Frames(Queries queries, Observation observation, Instance<LifeSource> life) {
        this.queries = queries;
        this.observation = observation;
        this.life = life;
    }

    /// What a page says about itself.
    ///
    /// @param path without query
    /// @param section which item of the navigation it belongs to, its path
    /// @param cluster whose coverage matters; null for all
    record About(String title, String path, String section, @Nullable String cluster) {}

    /// The frame of a page at a moment; null for now.
    Uni<Frame> frame(About about, @Nullable Instant at) {
        return frame(about, at, List.of());
    }

    /// The frame of a page that has parameters of its own.
    Uni<Frame> frame(About about, @Nullable Instant at, List<Frame.Parameter> kept) {
        Instant now = Instant.now();
        Instant to = at == null ? now : at;
        return queries.logs()
                .map(logs -> logs.stream().filter(log -> wanted(log, about)).toList())
                .flatMap(logs -> observation.views(logs, range(logs.size(), to)))
                .map(views ->
                        new Frame(
                                about.title(),
                                about.path(),
                                about.section(),
                                new Links(at == null ? null : new Stamp(at)),
                                new Stamp(now),
                                kept,
                                covers(views),
                                life.isResolvable() && life.get().running()));
    }

    private static CoverageParameters.Range range(int clusters, Instant to) {
        return clusters > Frame.STRIPS_MAX
                ? new CoverageParameters.Range(to.minus(GLANCE), to, false)
                : CoverageParameters.Range.dayBefore(to);
    }

    private static boolean wanted(LogSummary log, About about) {
        return about.cluster() == null || about.cluster().equals(log.cluster().uid());
    }

    private static List<Frame.Cover> covers(List<CoverageView> views) {
        List<Frame.Cover> covers = new ArrayList<>(views.size());
        views.forEach(view -> covers.add(Frame.Cover.of(covers.size(), view)));
        return covers;
    }
}
