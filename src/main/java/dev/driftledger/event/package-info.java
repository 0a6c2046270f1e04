/// CloudEvents on Kafka, made of the log and of nothing else. Entries come in by a durable cursor
/// after they were committed, events go out at least once, in order, with ids that stay the same.
/// Also the separate place that remembers which checkpoints were signed. Only this package and
/// `intake` know Kafka.
@NullMarked
package dev.driftledger.event;

import org.jspecify.annotations.NullMarked;
