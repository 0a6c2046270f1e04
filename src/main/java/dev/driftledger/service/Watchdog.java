package dev.driftledger.service;

import dev.driftledger.web.Conditions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Remembers how the parts stand: the last word of each, without asking anybody.
@Singleton
final class Watchdog {
    private final Duration silenceMax;
    private final InstantSource clock;
    private final Map<String, Said> parts = new TreeMap<>();
    private final Map<String, Instant> recordedAt = new TreeMap<>();

    /// @param at when it was said
    private record Said(boolean up, String words, Instant at) {}

    @Inject
    Watchdog(ServiceConfig config) {
        this(config, InstantSource.system());
    }

    Watchdog(ServiceConfig config, InstantSource clock) {
        this.silenceMax = config.silenceMax();
        this.clock = clock;
        Instant startedAt = clock.instant();
        parts.put("postgresql", new Said(true, "not asked yet", startedAt));
        parts.put("kafka", new Said(true, "not asked yet", startedAt));
    }

    /// A part works.
    synchronized void up(String part, String words) {
        parts.put(part, new Said(true, words, clock.instant()));
    }

    /// A part does not work.
    synchronized void down(String part, String words) {
        parts.put(part, new Said(false, words, clock.instant()));
    }

    /// Nothing is to be said of a part any more.
    synchronized void forget(String part) {
        parts.remove(part);
    }

    /// The log of a cluster that is watched here has to grow from now on: a watch says every few
    /// seconds that it is alive.
    synchronized void watched(String cluster) {
        recordedAt.putIfAbsent(cluster, clock.instant());
    }

    /// A cluster is not watched here any more.
    synchronized void unwatched(String cluster) {
        recordedAt.remove(cluster);
    }

    /// Something was stored in the log of a cluster.
    synchronized void recorded(String cluster) {
        recordedAt.computeIfPresent(cluster, (_, _) -> clock.instant());
    }

    /// The name of the part that is the log of a cluster.
    static String log(String cluster) {
        return "log " + cluster;
    }

    /// All parts, by name. A watched cluster's log that did not grow for too long is not well,
    /// however often it was looked at.
    synchronized List<Conditions.Part> parts() {
        List<Conditions.Part> out = new ArrayList<>();
        Instant now = clock.instant();
        Map<String, Said> all = new TreeMap<>(parts);
        recordedAt.forEach((cluster, at) -> {
            if (Duration.between(at, now).compareTo(silenceMax) > 0) {
                String words = "nothing was recorded since " + at;
                all.merge(log(cluster), new Said(false, words, at), Watchdog::both);
            }
        });
        all.forEach((name, said) -> out.add(new Conditions.Part(name, said.up(), said.words())));
        return out;
    }

    private static Said both(Said one, Said other) {
        return new Said(one.up() && other.up(), one.words() + ", " + other.words(), other.at());
    }
}
