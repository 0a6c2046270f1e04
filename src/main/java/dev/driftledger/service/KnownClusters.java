package dev.driftledger.service;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

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

    /// A configured cluster said who it is.
    synchronized void identified(ClusterRef cluster) {
        byUid.put(cluster.uid(), cluster);
        silentCount--;
        notifyAll();
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

    /// The record itself, or when it belongs to no cluster that is known, the same place as a
    /// record of nobody's. In the first while after the start it waits for clusters that have not
    /// answered yet.
    synchronized Received assign(Received received) {
        String uid = received.record().cluster().uid();
        if (IntakeCodec.isUnassigned(uid) || isKnown(uid)) {
            return received;
        }
        return received.parked("its key is that of no cluster that is known here");
    }

    /// The cluster by the name that it was last known under.
    synchronized ClusterRef named(String uid) {
        ClusterRef known = byUid.get(uid);
        return known == null ? new ClusterRef(uid, uid) : known;
    }

    private boolean isKnown(String uid) {
        while (!byUid.containsKey(uid) && silentCount > 0) {
            long waitMillis = (waitUntilNanos - System.nanoTime()) / 1_000_000;
            if (waitMillis <= 0) {
                break;
            }
            try {
                wait(waitMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while clusters were identified", e);
            }
        }
        return byUid.containsKey(uid);
    }
}
