package dev.driftledger.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `metadata.managedFields` of one object, decoded: which manager owns which path.
///
/// Decodes FieldsV1 (`f:` field, `k:` item by key, `v:` item by value, `i:` item by index, `.` the
/// node itself; structured-merge-diff, fieldpath/serialize-pe.go). What cannot be read owns
/// nothing.
final class FieldOwners {
    /// Beyond this depth nothing is decoded; the API server itself allows less.
    static final int DEPTH_MAX = 200;

    private static final Comparator<Entry> NEWEST =
            Comparator.comparing(e -> e.time() == null ? Instant.MIN : e.time());

    private final List<Entry> entries;

    private FieldOwners(List<Entry> entries) {
        this.entries = entries;
    }

    /// One entry of `managedFields`.
    ///
    /// @param paths every path it owns → true when the path is owned with all below it
    record Entry(
            String manager,
            String operation,
            @Nullable String subresource,
            @Nullable Instant time,
            TreeMap<String, Boolean> paths) {
        /// An entry that owns nothing any more: that of somebody who once wrote.
        static Entry of(String manager, Owner author) {
            String operation = author.operation() == null ? "" : author.operation();
            return new Entry(
                    manager, operation, author.subresource(), author.time(), new TreeMap<>());
        }

        boolean sameWriter(Entry other) {
            return manager.equals(other.manager)
                    && operation.equals(other.operation)
                    && java.util.Objects.equals(subresource, other.subresource);
        }

        /// Owns this very path. An empty map of which nothing else is owned looks like an atomic
        /// one, so this is better evidence than lying in a node that is owned.
        boolean names(String path) {
            return paths.containsKey(path);
        }

        /// Owns exactly this path, or the atomic node in which it lies.
        boolean ownsExactly(String path) {
            if (paths.containsKey(path)) {
                return true;
            }
            for (int end = path.length() - 1; end > 0; end--) {
                char c = path.charAt(end);
                if ((c == '.' || c == '[')
                        && Boolean.TRUE.equals(paths.get(path.substring(0, end)))) {
                    return true;
                }
            }
            return false;
        }

        /// Owns something below this path.
        boolean ownsBelow(String path) {
            String next = paths.higherKey(path);
            while (next != null && next.startsWith(path)) {
                char c = next.charAt(path.length());
                if (c == '.' || c == '[') {
                    return true;
                }
                next = paths.higherKey(next);
            }
            return false;
        }

        boolean owns(String path) {
            return ownsExactly(path) || ownsBelow(path);
        }

        /// Owns the path now and did not before, other than by having lost all the rest of the
        /// node around it: an emptied node looks like one that is owned with all below it.
        boolean cameToOwn(String path, Entry before) {
            if (before.owns(path) || !owns(path)) {
                return false;
            }
            if (ownsBelow(path) || names(path)) {
                return true;
            }
            for (int end = path.length() - 1; end > 0; end--) {
                String around = ".[".indexOf(path.charAt(end)) < 0 ? "" : path.substring(0, end);
                if (Boolean.TRUE.equals(paths.get(around)) && !before.isAround(around)) {
                    return true;
                }
            }
            return false;
        }

        /// Owns something that it did not before.
        boolean gained(Entry before) {
            return paths.keySet().stream()
                    .anyMatch(path -> !before.names(path) && !before.isAround(path));
        }

        /// Owns some of what is below a path, and not all of it at once.
        private boolean isAround(String path) {
            return ownsBelow(path) || Boolean.FALSE.equals(paths.get(path));
        }

        Owner owner(ManagerTable managers, Owner.Evidence evidence) {
            Owner.Type type =
                    manager.equals(Ownership.BEFORE_FIRST_APPLY)
                            ? Owner.Type.UNKNOWN
                            : managers.typeOf(manager);
            return new Owner(type, manager, operation, subresource, time, null, evidence);
        }
    }

    static FieldOwners of(JsonNode object) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode each : object.path("metadata").path("managedFields")) {
            String manager = each.path("manager").asText();
            if (manager.isEmpty() && !each.path("fieldsV1").isObject()) {
                continue;
            }
            TreeMap<String, Boolean> paths = new TreeMap<>();
            collect(SecretData.owned(object, each.path("fieldsV1")), "", paths, 0);
            entries.add(
                    new Entry(
                            manager,
                            each.path("operation").asText(),
                            emptyToNull(each.path("subresource").asText()),
                            time(each.path("time").asText()),
                            paths));
        }
        return new FieldOwners(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    /// The entry that owns a path: one that names it before one that owns the node around it,
    /// that before one that only owns parts of it, then the newest; null when none does.
    @Nullable Entry ownerOf(String path) {
        Entry named = null;
        Entry exact = null;
        Entry partly = null;
        for (Entry each : entries) {
            if (each.names(path)) {
                named = newer(named, each);
            } else if (each.ownsExactly(path)) {
                exact = newer(exact, each);
            } else if (each.ownsBelow(path)) {
                partly = newer(partly, each);
            }
        }
        if (named != null) {
            return named;
        }
        return exact == null ? partly : exact;
    }

    static Entry newer(@Nullable Entry one, Entry other) {
        return one == null || NEWEST.compare(other, one) >= 0 ? other : one;
    }

    private static void collect(
            JsonNode fields, String path, Map<String, Boolean> paths, int depth) {
        if (depth > DEPTH_MAX) {
            return;
        }
        for (Map.Entry<String, JsonNode> each : fields.properties()) {
            if (each.getKey().equals(".")) {
                paths.put(path, false);
                continue;
            }
            String step = step(each.getKey());
            if (step == null) {
                continue;
            }
            String inner = path.isEmpty() && step.startsWith(".") ? step.substring(1) : path + step;
            if (each.getValue().isEmpty()) {
                paths.put(inner, true);
            } else {
                collect(each.getValue(), inner, paths, depth + 1);
            }
        }
    }

    /// How [FieldPath] spells what FieldsV1 calls `f:name`, `k:{"name":"x"}`, `v:"x"`, `i:0`.
    static @Nullable String step(String element) {
        if (element.length() < 2 || element.charAt(1) != ':') {
            return null;
        }
        String rest = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> FieldPath.spelledField(rest);
            case 'k' -> keyed(rest);
            case 'v' -> "[" + scalar(rest) + "]";
            case 'i' -> "[" + rest + "]";
            default -> null;
        };
    }

    private static @Nullable String keyed(String json) {
        JsonNode key = read(json);
        if (key == null || !key.isObject()) {
            return null;
        }
        TreeMap<String, String> sorted = new TreeMap<>();
        key.properties().forEach(e -> sorted.put(e.getKey(), e.getValue().asText()));
        return "[" + String.join("/", sorted.values()) + "]";
    }

    private static String scalar(String json) {
        JsonNode value = read(json);
        return value == null ? json : value.asText();
    }

    static @Nullable JsonNode read(String json) {
        try {
            return Json.parse(json);
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : dev.driftledger.model.Rfc3339.parse(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
