package dev.driftledger.intake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who reads the intake. The consumer group decides which partitions this instance has; with a
/// partition comes the duty to watch, render and record for its clusters.
public interface IntakeListener {
    /// How far the logs of a partition are made; null when nobody can say now. A database that was
    /// restored from an old copy is behind what Kafka believes was read: reading goes back then.
    @Nullable StoredOffsets storedUpTo(int partition);

    /// Partitions that are ours from now on.
    ///
    /// @param backlogs by partition, what waits in it: a watch may only go on where all of that is
    ///     stored
    /// @param partitionsCount how many partitions the topic has
    void assigned(Map<Integer, Backlog> backlogs, int partitionsCount);

    /// Partitions that are ours no more; work on them must end quickly.
    void revoked(Set<Integer> partitions);

    /// Records of assigned partitions, in order within each partition. Returns when all are stored
    /// or their partition was revoked. It never fails: the channel would end for all clusters.
    ///
    /// @return the partitions whose records are dealt with for good; only of these may Kafka be
    ///     told that they were read
    Set<Integer> received(List<Received> records);

    /// What waits in a partition.
    ///
    /// @param next offset of the first record that will be delivered
    /// @param end offset after the last record that is there
    /// @param stored what [#storedUpTo] said of it
    record Backlog(long next, long end, @Nullable StoredOffsets stored) {
        /// Whether nothing waits.
        public boolean isEmpty() {
            return next >= end;
        }

        /// Whether Kafka has deleted records that no log has. That is nothing to a fresh
        /// installation, and everything to one whose database was lost.
        public boolean hasLost() {
            return stored != null && stored.end() < next;
        }
    }
}
