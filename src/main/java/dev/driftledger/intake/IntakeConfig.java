package dev.driftledger.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The intake topic.
@ConfigMapping(prefix = "driftledger.intake")
public interface IntakeConfig {
    /// The topic's name.
    @WithDefault("driftledger.intake")
    String topic();

    /// How many partitions it gets when we create it; clusters spread over them. 1 to 1000.
    @WithDefault("6")
    int partitions();

    /// How many copies of it the brokers keep when we create it; -1 is the brokers' default.
    @WithDefault("-1")
    short replication();

    /// How long records stay when we create it. A recorder may be away that long without loss.
    @WithDefault("P7D")
    Duration retention();

    /// Whether missing topics are created at the start; else their absence is an error.
    @WithDefault("true")
    boolean createTopics();

    /// Bytes of a message that Kafka takes at most: the topic's `max.message.bytes` when we create
    /// it, and what the clients send and fetch at once. 2 MiB to 64 MiB; the brokers'
    /// `replica.fetch.max.bytes` should not be less.
    @WithDefault("8388608")
    int messageBytesMax();

    /// Bytes of one record, before compression; a larger live object is recorded as unreadable, a
    /// larger manifest makes its source stale, anything else is recorded as malformed. 1 MiB or
    /// more, and 1 MiB less than [#messageBytesMax()] or less.
    @WithDefault("7340032")
    int recordBytesMax();

    /// How many records may be under way to Kafka before senders wait. 1 to 100,000.
    @WithDefault("1024")
    int bufferCount();
}
