package dev.driftledger.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Events out of the log.
@ConfigMapping(prefix = "driftledger.event")
public interface EventConfig {
    /// The topic that consumers read. Never compact it.
    @WithDefault("driftledger.drift")
    String topic();

    /// How many partitions it gets when we create it.
    @WithDefault("6")
    int partitions();

    /// The compacted topic that remembers the last signed checkpoint of every log.
    @WithDefault("driftledger.checkpoints")
    String checkpointTopic();

    /// URL under which consumers reach this service, for `dataschema`.
    @WithDefault("http://127.0.0.1:8080")
    String publicUrl();

    /// How many entries are read and published at once. 1 to 10,000.
    @WithDefault("500")
    int batchCount();

    /// How long to wait for the database, and for Kafka to take a checkpoint, before trying again.
    @WithDefault("10s")
    Duration timeout();
}
