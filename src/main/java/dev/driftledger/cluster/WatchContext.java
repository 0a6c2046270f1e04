package dev.driftledger.cluster;

import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// What all type watches of one cluster share.
///
/// @param lists bounds how many types are listed at the same time
/// @param watchListServed whether streamed lists are tried; switched off when the server refuses
/// @param typesChanged called when something was seen that may change what types there are
record WatchContext(
        ApiServer api,
        FeedContext feed,
        WatchSettings settings,
        InstantSource clock,
        RandomGenerator random,
        Semaphore lists,
        AtomicBoolean watchListServed,
        Runnable typesChanged) {

    /// A fresh back-off with the configured limits.
    Backoff backoff() {
        return new Backoff(settings.times().backoffMin(), settings.times().backoffMax(), random);
    }
}
