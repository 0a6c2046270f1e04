package dev.driftledger.desired;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to pause before the next poll: the interval while all is well, then doubled with each
/// failure up to a maximum; always with up to a quarter of jitter, so that sources spread out.
///
/// @param interval between polls that succeed
/// @param longest the most after failures; at least the interval
record BackOff(Duration interval, Duration longest) {
    private static final int DOUBLINGS_MAX = 16;

    Duration after(int failuresCount, RandomGenerator random) {
        long millis = interval.toMillis() << Math.min(failuresCount, DOUBLINGS_MAX);
        long limit = Math.max(longest.toMillis(), interval.toMillis());
        long base = Math.max(1, Math.min(millis, limit));
        return Duration.ofMillis(base - random.nextLong(base / 4 + 1));
    }
}
