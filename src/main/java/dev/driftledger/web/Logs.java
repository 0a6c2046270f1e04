package dev.driftledger.web;

import dev.driftledger.store.LogSummary;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import dev.driftledger.store.StoredCheckpoint;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The logs as they stood at a moment.
@Singleton
final class Logs {
    private static final PageRequest NEWEST = new PageRequest(1, null);

    private final Queries queries;
    private final Instance<LogKeys> keys;

    Logs(Queries queries, Instance<LogKeys> keys) {
        this.queries = queries;
        this.keys = keys;
    }

    /// All logs that had an entry by then, in the order in which they began.
    Uni<List<LogView>> all(@Nullable Instant at) {
        return queries.logs()
                .onItem()
                .transformToMulti(logs -> Multi.createFrom().iterable(logs))
                .onItem()
                .transformToUniAndConcatenate(log -> at(log, at))
                .select()
                .where(log -> at == null || log.size() > 0)
                .collect()
                .asList();
    }

    /// One log.
    ///
    /// @throws Refusal with 404 when the cluster has none
    Uni<LogView> one(String cluster, @Nullable Instant at) {
        return summary(cluster).flatMap(log -> at(log, at));
    }

    /// One log as it is now.
    ///
    /// @throws Refusal with 404 when the cluster has none
    Uni<LogSummary> summary(String cluster) {
        return Asked.one(
                Refusal.unknown(
                                "Cluster",
                                "GET /api/v1/clusters lists the clusters that have a log")
                        .onPages("The page of logs lists the clusters that have one"),
                () -> queries.log(PublicId.cluster(cluster)));
    }

    /// An answer about a cluster, or about all; so that a cluster that is not known is no empty
    /// list.
    ///
    /// @param cluster uid; null for all
    /// @throws Refusal with 404 when the cluster has no log
    <T> Uni<T> known(@Nullable String cluster, Supplier<Uni<T>> answer) {
        return cluster == null ? answer.get() : summary(cluster).flatMap(_ -> answer.get());
    }

    private Uni<LogView> at(LogSummary log, @Nullable Instant at) {
        if (at == null) {
            return Uni.createFrom().item(view(log, log.size(), log.recordedAt(), log.checkpoint()));
        }
        String cluster = log.cluster().uid();
        return queries.entries(cluster, List.of(), at, NEWEST)
                .flatMap(entries ->
                        queries.checkpoints(cluster, at, NEWEST)
                                .map(checkpoints ->
                                        view(
                                                log,
                                                entries.totalSize(),
                                                first(entries.items()),
                                                checkpoints.items().isEmpty()
                                                        ? null
                                                        : checkpoints.items().getFirst())));
    }

    private static @Nullable Instant first(List<Recorded> entries) {
        return entries.isEmpty() ? null : entries.getFirst().entry().recordedAt();
    }

    private LogView view(
            LogSummary log,
            long size,
            @Nullable Instant recordedAt,
            @Nullable StoredCheckpoint checkpoint) {
        Optional<String> key =
                keys.isResolvable()
                        ? keys.get().key(log.cluster().uid(), log.origin())
                        : Optional.empty();
        return new LogView(
                ClusterView.of(log.cluster()),
                log.origin(),
                size,
                recordedAt == null ? null : new Stamp(recordedAt),
                checkpoint == null ? null : CheckpointView.of(checkpoint),
                key.orElse(null),
                LogView.Addresses.of(log.cluster().uid()));
    }
}
