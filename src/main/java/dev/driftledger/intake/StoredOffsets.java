package dev.driftledger.intake;

/// How far the logs of one intake partition are made, as the database has it.
///
/// @param lowest offset after the last record of the log that is furthest behind; 0 when there is
///     no log
/// @param end offset after the last record that any log is made of; 0 when there is no log
public record StoredOffsets(long lowest, long end) {
    /// No log is made of the partition.
    public static final StoredOffsets NONE = new StoredOffsets(0, 0);

    /// Where reading goes on so that no log misses a record.
    ///
    /// One batch of a partition is dealt with at a time, each log of it in a transaction of its
    /// own: when one log has the batch's last record, another may still lack its first, but nobody
    /// lacks what came before the batch. So a log that is further behind than a batch is merely
    /// one that nothing came for, as that of a cluster that is gone.
    ///
    /// @param position where Kafka believes reading goes on
    /// @param batchCountMax how many records a batch has at most
    long readFrom(long position, int batchCountMax) {
        return Math.min(position, Math.max(lowest, end - batchCountMax));
    }
}
