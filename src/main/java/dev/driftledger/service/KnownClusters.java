package dev.driftledger.service;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clusters that records may be about: those that have a log, and those that are configured
/// and have said who they are.
///
/// A duty opens the log of its cluster before it sends the first record, so whoever reads that
/// record finds the cluster here. A key that is of none of these is nobody's and gets no log.
@Singleton
final class KnownClusters {
    private final LogStorage storage;
    private final long waitUntilNanos;
    private final Map<String, ClusterRef> byUid = new HashMap<>();
    private int silentCount;
    private boolean isLoaded;

    KnownClusters(LogStorage storage, ServiceConfig config) {
        this.storage = storage;
        this.waitUntilNanos = System.nanoTime() + config.identifyWait().toNanos();
    }

    /// So many configured clusters have not said yet who they are.
    synchronized void expect(int count) {
        silentCount = count;
    }

    /// Where a configured cluster was is another one now; the former one stays known.
    synchronized void replaced(ClusterRef cluster) {
        byUid.put(cluster.uid(), cluster);
    }

    /// A configured cluster said who it is.
    synchronized void identified(ClusterRef cluster) {
        byUid.put(cluster.uid(), cluster);
        silentCount--;
    }

    /// Other instances may have begun logs meanwhile: look again before the next answer.
    synchronized void forget() {
        isLoaded = false;
    }

    /// Reads which logs there are, unless that is known.
    ///
    /// @throws StoreAwayException when the database does not answer
    /// @throws StoreRefusedException when it refuses
    void load() {
        synchronized (this) {
            if (isLoaded) {
                return;
            }
            isLoaded = true;
        }
        try {
            for (ClusterRef cluster : storage.clusters()) {
                synchronized (this) {
                    byUid.putIfAbsent(cluster.uid(), cluster);
                }
            }
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
    }

    /// Whether a record may be that of a configured cluster that has not said yet who it is. To
    /// call it nobody's would be wrong for ever, so it has to wait.
    synchronized boolean isUndecided(Received received) {
        return silentCount > 0
                && !(received.record() instanceof IntakeRecord.Malformed)
                && !isKnown(received);
    }

    /// Why a record waits, for people; null in the first while after the start.
    synchronized @Nullable String waiting(Received received) {
        if (System.nanoTime() - waitUntilNanos < 0) {
            return null;
        }
        return "a record with key "
                + received.record().cluster().uid()
                + " waits, because "
                + silentCount
                + " of the configured clusters never answered and it may be theirs: make them"
                + " answer, or set driftledger.clusters.<name>.enabled=false and start again";
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

    private boolean isKnown(Received received) {
        String uid = received.record().cluster().uid();
        return IntakeCodec.isUnassigned(uid) || byUid.containsKey(uid);
    }
}
