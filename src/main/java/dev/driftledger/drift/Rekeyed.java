package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Items of a list-map whose key fields were changed: a port that became another is one change,
/// not one port gone and another come (argo-cd #4864).
final class Rekeyed {
    private static final String NAME = "name";

    private Rekeyed() {}

    /// The key on the desired side → the key on the live side, of items that are one item.
    ///
    /// Those left over on both sides belong together when they have the same name, which no other
    /// has, or when both lists are as long, there is just one left on each side, neither has
    /// another name, and a field of both is equal.
    static Map<String, String> pairs(
            Shape list, Map<String, JsonNode> wanted, Map<String, JsonNode> found) {
        if (list.form() != Shape.Form.LIST_MAP || list.keys().contains(NAME)) {
            return Map.of();
        }
        List<String> gone = missing(wanted, found);
        List<String> come = gone.isEmpty() ? List.of() : missing(found, wanted);
        if (gone.isEmpty() || come.isEmpty()) {
            return Map.of();
        }
        Map<String, String> pairs = named(gone, wanted, come, found);
        if (pairs.isEmpty() && gone.size() == 1 && come.size() == 1) {
            JsonNode one = wanted.get(gone.getFirst());
            JsonNode other = found.get(come.getFirst());
            if (wanted.size() == found.size() && isAkin(one, other)) {
                pairs.put(gone.getFirst(), come.getFirst());
            }
        }
        return pairs;
    }

    private static List<String> missing(Map<String, JsonNode> of, Map<String, JsonNode> in) {
        List<String> missing = new ArrayList<>();
        for (String key : of.keySet()) {
            if (!in.containsKey(key)) {
                missing.add(key);
            }
        }
        return missing;
    }

    private static Map<String, String> named(
            List<String> gone,
            Map<String, JsonNode> wanted,
            List<String> come,
            Map<String, JsonNode> found) {
        Map<String, String> before = byName(gone, wanted);
        Map<String, String> after = byName(come, found);
        Map<String, String> pairs = new HashMap<>();
        before.forEach((name, key) -> {
            String other = after.get(name);
            if (other != null) {
                pairs.put(key, other);
            }
        });
        return pairs;
    }

    /// Names that only one of the items has → its key.
    private static Map<String, String> byName(List<String> keys, Map<String, JsonNode> items) {
        Map<String, String> byName = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (String key : keys) {
            String name = name(items.get(key));
            if (name != null && byName.put(name, key) != null) {
                twice.add(name);
            }
        }
        byName.keySet().removeAll(twice);
        return byName;
    }

    private static boolean isAkin(@Nullable JsonNode one, @Nullable JsonNode other) {
        String name = name(one);
        String otherName = name(other);
        if (one == null || other == null || (name != null && otherName != null)) {
            return false;
        }
        for (Map.Entry<String, JsonNode> each : one.properties()) {
            if (each.getValue().equals(other.get(each.getKey()))) {
                return true;
            }
        }
        return isBare(one);
    }

    /// Nothing but one field, its key: what else it might have in common is left to defaults.
    private static boolean isBare(JsonNode item) {
        return item.size() == 1;
    }

    private static @Nullable String name(@Nullable JsonNode item) {
        JsonNode name = item == null ? null : item.get(NAME);
        return name != null && name.isTextual() && !name.asText().isEmpty() ? name.asText() : null;
    }
}
