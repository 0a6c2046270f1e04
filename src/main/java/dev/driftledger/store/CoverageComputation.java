package dev.driftledger.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// From the entries about watching to [Coverage]. Pure; entries come in the order of the log.
final class CoverageComputation {
    private static final Set<String> RECORDERS_CAUSES = Set.of("unclean-start", "paused");

    private final SortedMap<String, WatchHistory> byPath = new TreeMap<>();
    private final List<Coverage.Excluded> excluded = new ArrayList<>();
    private @Nullable Instant lastEntryAt;
    private Duration silence = Duration.ofSeconds(90);
    private boolean running;
    private @Nullable String instance;

    /// When the log spoke.
    ///
    /// @param beganAt `recordedAt` of the first entry; null when there is none
    /// @param lastAt `recordedAt` of the last entry by the end of the range; null for none
    record Signs(@Nullable Instant beganAt, @Nullable Instant lastAt) {}

    /// Takes the next entry.
    void add(Entry entry) {
        JsonNode body = entry.body() == null ? MissingNode.getInstance() : entry.body();
        Instant at = entry.observedAt();
        if (entry.type() == EntryType.STARTUP) {
            started(at, body);
        }
        if (entry.type() == EntryType.SHUTDOWN) {
            stopped(at, body);
        }
        if (entry.type() == EntryType.WATCH_STARTED) {
            running = true;
            history(body).open(at, body.path("resumed").asBoolean(false));
        }
        if (entry.type() == EntryType.WATCH_UNAVAILABLE) {
            history(body).close(at, "unavailable", body.path("reason").asText(""));
        }
        if (entry.type() == EntryType.SCOPE) {
            scope(at, body);
        }
        if (entry.type() == EntryType.GAP) {
            gap(body);
        }
        lastEntryAt = entry.recordedAt();
    }

    private void started(Instant at, JsonNode body) {
        if (running) {
            Instant last = lastEntryAt == null ? at : lastEntryAt;
            byPath.values().forEach(type -> type.close(last, "crash", "no shutdown was recorded"));
        }
        running = true;
        instance = name(body);
    }

    /// Ends the watching of the instance that watches. One that was relieved before may say so
    /// late: that ends nothing.
    private void stopped(Instant at, JsonNode body) {
        String stopping = name(body);
        if (instance != null && stopping != null && !stopping.equals(instance)) {
            return;
        }
        running = false;
        String reason = body.path("reason").asText("");
        byPath.values().forEach(type -> type.close(at, "shutdown", reason));
    }

    private static @Nullable String name(JsonNode body) {
        return body.path("instance").isTextual() ? body.path("instance").textValue() : null;
    }

    private WatchHistory history(JsonNode body) {
        return byPath.computeIfAbsent(body.path("path").asText(), _ -> new WatchHistory());
    }

    private void scope(Instant at, JsonNode body) {
        Set<String> watched = new TreeSet<>();
        body.path("watched").forEach(path -> watched.add(path.asText()));
        watched.forEach(path -> byPath.computeIfAbsent(path, _ -> new WatchHistory()));
        byPath.forEach((path, type) -> {
            if (!watched.contains(path)) {
                type.close(at, "out-of-scope", null);
            }
        });
        excluded.clear();
        for (JsonNode left : body.path("excluded")) {
            excluded.add(
                    new Coverage.Excluded(
                            left.path("group").asText(),
                            left.path("plural").asText(),
                            left.path("reason").asText()));
        }
        silence = Duration.ofSeconds(body.path("silenceSeconds").asLong(silence.toSeconds()));
    }

    private void gap(JsonNode body) {
        Set<String> paths = new TreeSet<>();
        body.path("types").forEach(path -> paths.add(path.asText()));
        Instant from = time(body.path("from"));
        Instant to = time(body.path("to"));
        if (from == null || to == null || !from.isBefore(to)) {
            return; // says nothing about a time
        }
        paths.forEach(path -> byPath.computeIfAbsent(path, _ -> new WatchHistory()));
        String detail = body.path("detail").isTextual() ? body.path("detail").textValue() : null;
        byPath.forEach((path, type) -> {
            if (paths.isEmpty() || paths.contains(path)) {
                miss(type, new Coverage.Span(from, to), body.path("cause").asText("gap"), detail);
            }
        });
    }

    /// A gap that the recorder explains is a time in which nobody watched; any other one was told
    /// by the watch itself, which had to list anew.
    private static void miss(
            WatchHistory type, Coverage.Span gap, String cause, @Nullable String detail) {
        if (RECORDERS_CAUSES.contains(cause)) {
            type.cut(gap, cause, detail);
        } else {
            type.lose(gap, cause, detail);
        }
    }

    private static @Nullable Instant time(JsonNode text) {
        try {
            return text.isTextual() ? Rfc3339.parse(text.textValue()) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// The answer for a range.
    ///
    /// @param signs of life of the log itself
    Coverage coverage(Coverage.Span range, Signs signs, Coverage.Heartbeats heartbeats) {
        Instant lastAt = signs.lastAt();
        if (lastAt != null && lastAt.plus(silence).isBefore(range.to())) {
            Coverage.Span quiet = new Coverage.Span(lastAt, Instant.MAX);
            byPath.values().forEach(type -> type.cut(quiet, "silence", "nothing was recorded"));
        }
        List<Coverage.OfType> types = new ArrayList<>();
        byPath.forEach((path, type) -> types.add(type.within(path, range, signs.beganAt())));
        return new Coverage(range.from(), range.to(), signs.beganAt(), types, excluded, heartbeats);
    }
}
