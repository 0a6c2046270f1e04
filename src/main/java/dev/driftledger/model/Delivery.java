package dev.driftledger.model;

import java.time.Instant;

/// An intake record as it was delivered.
///
/// @param recordedAt when Kafka took it
/// @param origin the bytes that it was read from
public record Delivery(IntakeRecord record, Instant recordedAt, IntakeOrigin origin) {}
