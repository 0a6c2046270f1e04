package dev.driftledger.intake;

import dev.driftledger.model.IntakeRecord;
import java.time.Instant;

/// One intake record and its place in the topic.
///
/// @param partition of `driftledger.intake`
/// @param offset in the partition
/// @param recordedAt the Kafka record's timestamp
public record Received(int partition, long offset, Instant recordedAt, IntakeRecord record) {}
