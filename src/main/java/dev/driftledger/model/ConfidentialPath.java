package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// A configured place in objects of one kind whose values must not be kept in clear.
///
/// Written `group/kind:/json/pointer`, for the core group `/kind:` or `kind:`. A part of the
/// pointer that is `*` stands for every key of a map and every item of a list.
///
/// @param group API group, empty for the core group
/// @param parts the pointer's parts, unescaped
record ConfidentialPath(String group, String kind, List<String> parts) {
    private static final String ANY = "*";

    ConfidentialPath {
        parts = List.copyOf(parts);
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException naming the shape that is wanted
    static ConfidentialPath parse(String text) {
        int colon = text.indexOf(":/");
        int slash = text.lastIndexOf('/', Math.max(colon, 0));
        String kind = colon < 0 ? "" : text.substring(slash + 1, colon);
        if (kind.isEmpty() || text.length() == colon + 2) {
            throw new IllegalArgumentException(
                    "confidential path must be group/kind:/json/pointer, got '" + text + "'");
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.substring(colon + 2).split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return new ConfidentialPath(slash < 0 ? "" : text.substring(0, slash), kind, parts);
    }

    boolean matches(String objectGroup, String objectKind) {
        return group.equals(objectGroup) && kind.equals(objectKind);
    }

    /// Replaces what stands at this path, in place.
    ///
    /// @param mask gets the place (keys of maps spelt out, list positions as `*`, because equal
    ///     items may stand at different positions) and the value; gives the new value
    /// @return whether anything changed
    boolean replace(ObjectNode object, BiFunction<String, JsonNode, JsonNode> mask) {
        return replace(object, 0, "", mask);
    }

    private boolean replace(
            JsonNode node, int depth, String place, BiFunction<String, JsonNode, JsonNode> mask) {
        String part = parts.get(depth);
        boolean changed = false;
        if (node instanceof ObjectNode map) {
            List<String> keys = new ArrayList<>();
            map.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                if (part.equals(ANY) || part.equals(key)) {
                    String at = place + "/" + key.replace("~", "~0").replace("/", "~1");
                    changed |= step(map.path(key), depth, at, mask, value -> map.set(key, value));
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (part.equals(ANY) || part.equals(Integer.toString(i))) {
                    int index = i;
                    String at = place + "/" + ANY;
                    changed |= step(list.path(i), depth, at, mask, value -> list.set(index, value));
                }
            }
        }
        return changed;
    }

    private boolean step(
            JsonNode child,
            int depth,
            String place,
            BiFunction<String, JsonNode, JsonNode> mask,
            java.util.function.Consumer<JsonNode> write) {
        if (depth + 1 < parts.size()) {
            return replace(child, depth + 1, place, mask);
        }
        JsonNode masked = mask.apply(place, child);
        write.accept(masked);
        return !masked.equals(child);
    }
}
