package dev.driftledger.intake;

import dev.driftledger.model.IntakeRecord;
import java.util.concurrent.CompletionStage;

/// Where senders put intake records: a Kafka topic in the service, memory in an offline replay.
public interface IntakeSink {
    /// Hands a record over. Records of one cluster keep the order of these calls.
    ///
    /// @return completes when the record is durable; fails when it will never be: with a
    ///     [RecordTooLargeException] when something desired has too many bytes, anything else that
    ///     has is replaced by a record that says so. A sender bounds how many are under way at once
    CompletionStage<Void> send(IntakeRecord record);
}
