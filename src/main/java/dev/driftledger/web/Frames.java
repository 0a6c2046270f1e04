package dev.driftledger.web;

import dev.driftledger.store.LogSummary;
import dev.driftledger.store.Queries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes what surrounds a page: the moment, and whether the clusters were being watched then.
@Singleton
final class Frames {
    /// How far back is read where no strips are drawn: only the end of it is shown.
    private static final Duration GLANCE = Duration.ofMinutes(1);

    /// Addresses whose second part is a cluster's uid.
    private static final Set<String> OF_CLUSTERS =
            Set.of("app", "resource", "why", "entry", "checkpoints", "log");

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
                                life.isResolvable() && life.get().running(),
                                null));
    }

    /// The frame of a page that says what is wrong with a request: with the menu, the coverage and
    /// what was typed, as far as they can be had.
    Uni<Frame> refused(String title, UriInfo uri) {
        String path = uri.getPath();
        List<Frame.Parameter> kept = new ArrayList<>();
        uri.getQueryParameters()
                .forEach((name, values) -> {
                    if (!name.equals("at") && !name.equals("page_token")) {
                        values.forEach(value -> kept.add(new Frame.Parameter(name, value)));
                    }
                });
        String typed = uri.getQueryParameters().getFirst("at");
        Instant at = readable(typed);
        return frame(new About(title, path, "", cluster(path)), at, kept)
                .map(frame -> at == null ? frame.typed(typed) : frame)
                .onFailure()
                .recoverWithItem(Frame.alone(title, path).typed(typed));
    }

    private static @Nullable Instant readable(@Nullable String typed) {
        try {
            return Moment.past("at", typed, Instant.now());
        } catch (Refusal e) {
            return null;
        }
    }

    /// The cluster that the address of a page names; null when it names none.
    private static @Nullable String cluster(String path) {
        String[] parts = path.split("/", -1);
        return parts.length > 2 && OF_CLUSTERS.contains(parts[1]) ? parts[2] : null;
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
