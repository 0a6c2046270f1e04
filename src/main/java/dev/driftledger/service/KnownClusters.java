package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The clusters that records may be about: those that have a log in the database, those that have
/// a checkpoint in Kafka, and those that are configured and have said who they are.
///
/// A duty opens the log of its cluster and has its first checkpoint remembered before it sends the
/// first record. So whoever reads that record and looks then finds the cluster here: in the
/// database, and where that was restored from a copy that is older than the log, in Kafka. A key
/// that is in neither is nobody's and gets no log; no cluster has to be asked for that.
@Singleton
final class KnownClusters {
    private final LogStorage storage;
    private final Supplier<Set<String>> remembered;
    private final String prefix;
    private final Map<String, ClusterRef> byUid = new HashMap<>();

    /// Counts the times that [#forget()] was called.
    private long generation = 1;

    /// The generation that Kafka was asked in last.
    private long rememberedGeneration;

    @Inject
    KnownClusters(LogStorage storage, CheckpointGuard guard, ServiceConfig config) {
        this(storage, guard::origins, config);
    }

    /// @param remembered names of all logs that have a checkpoint in Kafka
    KnownClusters(LogStorage storage, Supplier<Set<String>> remembered, ServiceConfig config) {
        this.storage = storage;
        this.remembered = remembered;
        this.prefix = config.origin() + "/";
    }

    /// A configured cluster said who it is, or that it is another one now; the former one stays
    /// known.
    synchronized void identified(ClusterRef cluster) {
        byUid.put(cluster.uid(), cluster);
    }

    /// Other instances may have begun logs meanwhile: ask Kafka again before the next answer.
    synchronized void forget() {
        generation++;
    }

    /// Looks for the clusters of these records, unless they are known already.
    ///
    /// @throws StoreAwayException when the database does not answer
    /// @throws StoreRefusedException when it refuses
    /// @throws CheckpointGuard.AwayException when Kafka does not answer
    void learn(List<Received> records) {
        if (areKnown(records)) {
            return;
        }
        storage.clusters().forEach(this::add);
        long now = generation();
        if (!areKnown(records) && !areRememberedRead(now)) {
            remembered.get().stream()
                    .filter(origin -> origin.startsWith(prefix))
                    .map(origin -> origin.substring(prefix.length()))
                    .forEach(uid -> add(new ClusterRef(uid, uid)));
            rememberedRead(now);
        }
    }

    /// The partitions of these records that have one of a cluster that is not known yet.
    synchronized Set<Integer> unknownPartitions(List<Received> records) {
        return records.stream()
                .filter(received -> !isKnown(received))
                .map(Received::partition)
                .collect(Collectors.toSet());
    }

    /// The record itself, or when it belongs to no cluster that is known, the same place as a
    /// record of nobody's.
    synchronized Received assign(Received received) {
        if (isKnown(received)) {
            return received;
        }
        return received.parked("its key is that of no cluster that is known here");
    }

    /// The cluster by the name that it was last known under.
    synchronized ClusterRef named(String uid) {
        ClusterRef known = byUid.get(uid);
        return known == null ? new ClusterRef(uid, uid) : known;
    }

    private synchronized void add(ClusterRef cluster) {
        byUid.putIfAbsent(cluster.uid(), cluster);
    }

    private synchronized long generation() {
        return generation;
    }

    private synchronized boolean areRememberedRead(long now) {
        return rememberedGeneration == now;
    }

    /// An answer to a question that was asked before the last [#forget()] counts for less.
    private synchronized void rememberedRead(long asked) {
        rememberedGeneration = asked;
    }

    private synchronized boolean areKnown(List<Received> records) {
        return records.stream().allMatch(this::isKnown);
    }

    private boolean isKnown(Received received) {
        String uid = received.record().cluster().uid();
        return IntakeCodec.isUnassigned(uid) || byUid.containsKey(uid);
    }
}
