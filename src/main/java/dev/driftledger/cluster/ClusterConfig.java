package dev.driftledger.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How clusters are watched; the same for all of them.
@ConfigMapping(prefix = "driftledger.cluster")
public interface ClusterConfig {
    /// Bytes of one object above which it is unreadable; 1 KiB to 64 MiB.
    @WithDefault("4194304")
    int objectBytesMax();

    /// Bytes of records that may wait for the intake's acknowledgement before reading stops; 1 MiB
    /// to 1 GiB, per cluster.
    @WithDefault("16777216")
    int unacknowledgedBytesMax();

    /// Objects per page of a paged list; 1 to 10000.
    @WithDefault("500")
    int listPageCount();

    /// Types listed at the same time, per cluster; 1 to 1000.
    @WithDefault("8")
    int listConcurrencyCount();

    /// Types not to watch, each `plural.group`, for the core group `plural`. Events, leases,
    /// measurements and component statuses are left out anyway.
    Optional<List<String>> excludedTypes();

    /// Types to watch though they are left out by default, spelled the same.
    Optional<List<String>> includedTypes();

    /// Whether streamed lists (WatchList) are tried before paged ones.
    @WithDefault("true")
    boolean watchList();

    /// The longest time without any record; a heartbeat is sent then.
    @WithDefault("30S")
    Duration heartbeatInterval();

    /// A watch without event or bookmark for so long is presumed dead and opened anew. API servers
    /// send a bookmark about every minute.
    @WithDefault("90S")
    Duration deadAfter();

    /// How often types are discovered though nothing hints at a change.
    @WithDefault("5M")
    Duration rediscoveryInterval();

    /// How often a complete list checks that no watch missed anything.
    @WithDefault("30M")
    Duration sweepInterval();

    /// First delay after a failure; it doubles up to [#backoffMax()], with jitter.
    @WithDefault("0.5S")
    Duration backoffMin();

    /// The longest delay after failures, also for types that are refused.
    @WithDefault("1M")
    Duration backoffMax();

    /// How long an answer of the API server may take to begin.
    @WithDefault("30S")
    Duration requestTimeout();

    /// The settings as one value.
    ///
    /// @throws IllegalArgumentException naming the key that is wrong and what to set
    default WatchSettings settings() {
        return new WatchSettings(
                objectBytesMax(),
                unacknowledgedBytesMax(),
                listPageCount(),
                listConcurrencyCount(),
                excludedTypes().orElse(List.of()),
                includedTypes().orElse(List.of()),
                watchList(),
                new WatchSettings.Times(
                        heartbeatInterval(),
                        deadAfter(),
                        rediscoveryInterval(),
                        sweepInterval(),
                        backoffMin(),
                        backoffMax(),
                        requestTimeout()));
    }
}
