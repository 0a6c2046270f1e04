package dev.driftledger.intake;

import dev.driftledger.model.IntakeRecord;
import java.util.concurrent.CompletionStage;

/// Where senders put intake records: a Kafka topic in the service, memory in an offline replay.
public interface IntakeSink {
    /// Hands a record over. Records of one cluster keep the order of these calls.
    ///
    /// @return completes when the record is durable; fails when it will never be. A sender bounds
    ///     how many are under way at once
    CompletionStage<Void> send(IntakeRecord record);
}
