/// The durable front door. Intake records come in from the watchers, the renderers and the hooks,
/// travel over one Kafka topic in order per cluster, and go out to the recorder with their offset.
/// It decides nothing about their content and never drops one: what cannot be decoded becomes a
/// [dev.driftledger.model.IntakeRecord.Malformed].
@NullMarked
package dev.driftledger.intake;

import org.jspecify.annotations.NullMarked;
