package dev.driftledger.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of what is stored and asked at once.
@ConfigMapping(prefix = "driftledger.store")
public interface StoreConfig {
    /// How many bytes of entries and blobs one append may carry. PostgreSQL takes at most 1 GiB in
    /// a message.
    @WithDefault("256M")
    MemorySize batchBytesMax();

    /// How long the start waits for a PostgreSQL that does not answer before it gives up. 0 seconds
    /// to 10 minutes.
    @WithDefault("30s")
    Duration startWaitMax();

    /// Whether the tables are made and brought up to date at the start, by the role of
    /// `quarkus.flyway.username`; else somebody else has to.
    @WithDefault("true")
    boolean migrateAtStart();

    /// For how many months ahead partitions of entries are made, 0 to 24.
    @WithDefault("3")
    int partitionMonthsAhead();

    /// How many items a page has when nothing else is asked.
    @WithDefault("50")
    int pageSizeDefault();

    /// How many items a page has at most; larger wishes are cut to it.
    @WithDefault("1000")
    int pageSizeMax();

    /// How many entries a question about coverage may read; a longer range is refused.
    @WithDefault("100000")
    int coverageEntriesMax();
}
