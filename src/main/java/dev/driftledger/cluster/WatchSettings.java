package dev.driftledger.cluster;

import java.time.Duration;
import java.util.List;

/// How a cluster is watched: limits and intervals.
///
/// @param objectBytesMax a larger object is unreadable; 1 KiB at least
/// @param unacknowledgedBytesMax how many bytes of records may be under way to the sink before
///     reading stops
/// @param listPageCount objects per page of a paged list
/// @param listConcurrencyCount how many types are listed at the same time
/// @param excludedTypes `plural.group` or `plural` each, in addition to the built-in exclusions
/// @param includedTypes the same, taken out of the exclusions
/// @param watchListAllowed whether streamed lists are tried before paged ones
/// @param times the intervals
public record WatchSettings(
        int objectBytesMax,
        int unacknowledgedBytesMax,
        int listPageCount,
        int listConcurrencyCount,
        List<String> excludedTypes,
        List<String> includedTypes,
        boolean watchListAllowed,
        Times times) {

    /// The intervals of a watch.
    ///
    /// @param heartbeat the longest time without any record
    /// @param deadAfter a watch without bookmark or event for so long is opened anew
    /// @param rediscovery how often types are discovered though nothing hints at a change
    /// @param sweep how often a complete list checks that nothing was missed
    /// @param backoffMin first delay after a failure; doubles up to `backoffMax`, with jitter
    /// @param backoffMax the longest delay; also for types that are refused
    /// @param request how long an answer may take to begin
    public record Times(
            Duration heartbeat,
            Duration deadAfter,
            Duration rediscovery,
            Duration sweep,
            Duration backoffMin,
            Duration backoffMax,
            Duration request) {
        public Times {
            requirePositive("heartbeat-interval", heartbeat);
            requirePositive("dead-after", deadAfter);
            requirePositive("rediscovery-interval", rediscovery);
            requirePositive("sweep-interval", sweep);
            requirePositive("backoff-min", backoffMin);
            requirePositive("request-timeout", request);
            if (backoffMax.compareTo(backoffMin) < 0) {
                throw new IllegalArgumentException(
                        "driftledger.cluster.backoff-max is shorter than backoff-min; make it"
                                + " at least "
                                + backoffMin);
            }
        }

        private static void requirePositive(String key, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(
                        "driftledger.cluster."
                                + key
                                + " is "
                                + value
                                + "; set a duration above zero such as 30S");
            }
        }
    }

    public WatchSettings {
        requireWithin("object-bytes-max", objectBytesMax, 1024, 64 * 1024 * 1024);
        requireWithin(
                "unacknowledged-bytes-max",
                unacknowledgedBytesMax,
                1024 * 1024,
                1024 * 1024 * 1024);
        requireWithin("list-page-count", listPageCount, 1, 10_000);
        requireWithin("list-concurrency-count", listConcurrencyCount, 1, 1_000);
        excludedTypes = List.copyOf(excludedTypes);
        includedTypes = List.copyOf(includedTypes);
    }

    /// The documented defaults of [ClusterConfig].
    public static WatchSettings defaults() {
        return new WatchSettings(
                4 * 1024 * 1024,
                16 * 1024 * 1024,
                500,
                8,
                List.of(),
                List.of(),
                true,
                new Times(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30)));
    }

    /// The same with other intervals.
    public WatchSettings withTimes(Times other) {
        return new WatchSettings(
                objectBytesMax,
                unacknowledgedBytesMax,
                listPageCount,
                listConcurrencyCount,
                excludedTypes,
                includedTypes,
                watchListAllowed,
                other);
    }

    private static void requireWithin(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "driftledger.cluster."
                            + key
                            + " is "
                            + value
                            + "; set it between "
                            + min
                            + " and "
                            + max);
        }
    }
}
