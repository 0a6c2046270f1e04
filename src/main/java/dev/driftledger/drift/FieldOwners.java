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
    private static final int DEPTH_MAX = 200;

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
            collect(each.path("fieldsV1"), "", paths, 0);
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

    /// Whether anything that the entries of one version own stands in another version still.
    static boolean anyStands(JsonNode owned, JsonNode object) {
        for (JsonNode each : owned.path("metadata").path("managedFields")) {
            if (stands(each.path("fieldsV1"), object, 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(JsonNode fields, JsonNode node, int depth) {
        if (fields.isEmpty() || depth > DEPTH_MAX) {
            return true;
        }
        for (Map.Entry<String, JsonNode> each : fields.properties()) {
            JsonNode inner = inner(each.getKey(), node);
            if (inner != null && stands(each.getValue(), inner, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /// What an element of FieldsV1 stands for in a node; null when it is not there.
    private static @Nullable JsonNode inner(String element, JsonNode node) {
        if (element.startsWith("f:")) {
            return node.get(element.substring(2));
        }
        JsonNode wanted = element.length() < 2 ? null : read(element.substring(2));
        if (element.startsWith("i:")) {
            return node.get(wanted == null ? -1 : wanted.asInt(-1));
        }
        for (JsonNode item : node) {
            if (node.isArray() && wanted != null && isItem(element, wanted, item)) {
                return item;
            }
        }
        return null;
    }

    /// Whether an element of FieldsV1 picks this item, by its keys or by its value.
    private static boolean isItem(String element, JsonNode wanted, JsonNode item) {
        return element.startsWith("k:")
                ? wanted.propertyStream().allMatch(e -> e.getValue().equals(item.get(e.getKey())))
                : wanted.equals(item);
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
    private static @Nullable String step(String element) {
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

    private static @Nullable JsonNode read(String json) {
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
