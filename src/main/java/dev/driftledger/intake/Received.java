package dev.driftledger.intake;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Delivery;
import dev.driftledger.model.IntakeOrigin;
import dev.driftledger.model.IntakeRecord;
import java.time.Instant;

/// One intake record and its place in the topic.
///
/// @param partition of `driftledger.intake`
/// @param offset in the partition
public record Received(int partition, long offset, Delivery delivery) {
    /// What was read.
    public IntakeRecord record() {
        return delivery.record();
    }

    /// The Kafka record's timestamp.
    public Instant recordedAt() {
        return delivery.recordedAt();
    }

    /// The same place in the topic as the record of a cluster that is nobody's, because it was not
    /// recorded under its own.
    ///
    /// @param problem why not
    public Received parked(String problem) {
        return with(IntakeCodec.unassigned(partition), problem);
    }

    /// The same place in the topic as a record that nobody could deal with.
    ///
    /// @param problem why not
    public Received malformed(String problem) {
        return with(record().cluster(), problem);
    }

    private Received with(ClusterRef cluster, String problem) {
        IntakeOrigin origin = delivery.origin();
        IntakeRecord instead =
                new IntakeRecord.Malformed(
                        cluster,
                        recordedAt(),
                        origin.digest(),
                        origin.sizeBytes(),
                        problem,
                        origin.place());
        return new Received(partition, offset, new Delivery(instead, recordedAt(), origin));
    }
}
