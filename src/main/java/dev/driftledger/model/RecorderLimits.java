package dev.driftledger.model;

import java.time.Duration;

/// How much the recorder remembers and writes. These shape entries, so they reach it as part of
/// [RecorderConfig] in an intake record, and the log names them with the other rules.
///
/// @param flapping what comes back within this time of its end continues its finding; 0 s to 24 h
/// @param valueMaxBytes longer values of fields are named by digest; 64 to 8,192
/// @param formerCount how many former manifests of a resource tell what was applied once; 0 to 16
/// @param relatedCount how many related objects, such as autoscalers, an entry names one by one;
///     more are named by one list; 1 to 64
/// @param renderingsCount how many revisions of an application are remembered; 1 to 1,000
/// @param problemsCount how many problems an entry about a rendering names; 1 to 200
/// @param tombstonesCount how many deleted objects are remembered for a while; 1 to 100,000
/// @param tombstonesKept for how long; 0 s to 24 h
/// @param auditsCount how many audit events are remembered for a while; 1 to 100,000
/// @param auditsKept for how long; 0 s to 1 h
/// @param largeCount applications of more resources than this count as large; 0 to 1,000,000
/// @param largePause least time between two snapshots of a large application for changed verdicts;
///     0 s to 1 h
public record RecorderLimits(
        Duration flapping,
        int valueMaxBytes,
        int formerCount,
        int relatedCount,
        int renderingsCount,
        int problemsCount,
        int tombstonesCount,
        Duration tombstonesKept,
        int auditsCount,
        Duration auditsKept,
        int largeCount,
        Duration largePause) {
    /// What holds where nothing else was said.
    public static final RecorderLimits DEFAULT =
            new RecorderLimits(
                    Duration.ofMinutes(10),
                    2048,
                    3,
                    16,
                    16,
                    20,
                    512,
                    Duration.ofMinutes(10),
                    512,
                    Duration.ofMinutes(2),
                    100,
                    Duration.ofSeconds(10));

    /// @throws IllegalArgumentException naming the setting, its value and its range
    public RecorderLimits {
        within("flapping", flapping, Duration.ofHours(24));
        within("value-max-bytes", valueMaxBytes, 64, 8192);
        within("former-count", formerCount, 0, 16);
        within("related-count", relatedCount, 1, 64);
        within("renderings-count", renderingsCount, 1, 1000);
        within("problems-count", problemsCount, 1, 200);
        within("tombstones-count", tombstonesCount, 1, 100_000);
        within("tombstones-kept", tombstonesKept, Duration.ofHours(24));
        within("audits-count", auditsCount, 1, 100_000);
        within("audits-kept", auditsKept, Duration.ofHours(1));
        within("large-count", largeCount, 0, 1_000_000);
        within("large-pause", largePause, Duration.ofHours(1));
    }

    private static void within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; set " + min + " to " + max);
        }
    }

    private static void within(String name, Duration value, Duration max) {
        if (value.isNegative() || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; set 0 s to " + max.toHours() + " h");
        }
    }
}
