package dev.driftledger.cluster;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Delays between attempts: doubling from a least to a most, each taken at random from the upper
/// half, so that many clients do not come back at once.
final class Backoff {
    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private int failuresCount;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    /// The delay after one more failure.
    Duration next() {
        long minMillis = Math.max(1, min.toMillis());
        long doubled = minMillis << Math.min(failuresCount, 20);
        long capped = Math.min(doubled, Math.max(minMillis, max.toMillis()));
        failuresCount++;
        return jittered(Duration.ofMillis(capped));
    }

    /// A time between half of the given one and all of it.
    Duration jittered(Duration most) {
        long millis = Math.max(2, most.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    /// How many failures there were since the last success.
    int failuresCount() {
        return failuresCount;
    }

    /// Begins again with the least delay.
    void succeeded() {
        failuresCount = 0;
    }
}
