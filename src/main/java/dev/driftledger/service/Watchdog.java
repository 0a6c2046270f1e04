package dev.driftledger.service;

import dev.driftledger.web.Conditions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Remembers how the parts stand: the last word of each, without asking anybody.
@Singleton
final class Watchdog {
    private final Duration silenceMax;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Said> parts = new TreeMap<>();
    private final Instant startedAt = clock.instant();

    /// @param at when it was said
    private record Said(boolean up, String words, Instant at) {}

    Watchdog(ServiceConfig config) {
        this.silenceMax = config.silenceMax();
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

    /// All parts, by name. Word of a log that is too old is no good word.
    synchronized List<Conditions.Part> parts() {
        List<Conditions.Part> out = new ArrayList<>();
        Instant now = clock.instant();
        parts.forEach((name, said) -> {
            boolean silent =
                    name.startsWith("log ")
                            && Duration.between(said.at(), now).compareTo(silenceMax) > 0;
            String words = said.words() + (silent ? ", silent since " + said.at() : "");
            out.add(new Conditions.Part(name, said.up() && !silent, words));
        });
        return out;
    }
}
