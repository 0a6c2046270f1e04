package dev.driftledger.web;

import dev.driftledger.store.LogSummary;
import dev.driftledger.store.Queries;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Coverage of the clusters, one after the other.
@Singleton
final class Observation {
    private final Queries queries;
    private final Logs logs;
    private final WebConfig config;

    Observation(Queries queries, Logs logs, WebConfig config) {
        this.queries = queries;
        this.logs = logs;
        this.config = config;
    }

    /// The answer for several clusters.
    ///
    /// @param asOf how many entries their logs hold
    record All(List<CoverageView> views, long asOf) {}

    /// Coverage of the cluster asked for, or of all.
    Uni<All> of(CoverageParameters asked, @Nullable Instant moment) {
        CoverageParameters.Range range =
                asked.range(moment, Instant.now(), config.coverageDaysMax());
        String cluster = Texts.cluster(asked.cluster);
        Uni<List<LogSummary>> wanted =
                cluster == null ? queries.logs() : logs.summary(cluster).map(List::of);
        return wanted.flatMap(found ->
                views(found, range)
                        .map(views ->
                                new All(views, found.stream().mapToLong(LogSummary::size).sum())));
    }

    /// Whether some clusters were being watched at a moment, by cluster uid; those that have no log
    /// are left out.
    ///
    /// @param at the moment; null for now
    Uni<Map<String, Watching>> watching(Set<String> clusters, @Nullable Instant at) {
        CoverageParameters.Range day =
                CoverageParameters.Range.dayBefore(at == null ? Instant.now() : at);
        return queries.logs()
                .map(logs ->
                        logs.stream()
                                .filter(log -> clusters.contains(log.cluster().uid()))
                                .toList())
                .flatMap(logs -> views(logs, day))
                .map(views ->
                        views.stream()
                                .collect(
                                        Collectors.toMap(
                                                view -> view.cluster().uid(), Watching::atEndOf)));
    }

    /// Coverage of these clusters.
    Uni<List<CoverageView>> views(List<LogSummary> clusters, CoverageParameters.Range range) {
        return Multi.createFrom()
                .iterable(clusters)
                .onItem()
                .transformToUniAndConcatenate(log -> Asked.of(() -> view(log, range)))
                .collect()
                .asList();
    }

    private Uni<CoverageView> view(LogSummary log, CoverageParameters.Range range) {
        String cluster = log.cluster().uid();
        return queries.beganAt(cluster)
                .flatMap(began ->
                        queries.coverage(cluster, range.from(began.orElse(null)), range.to()))
                .map(coverage -> CoverageView.of(log.cluster(), coverage));
    }
}
