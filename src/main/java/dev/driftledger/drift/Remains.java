package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is left of the fields that the entries of an earlier version own.
///
/// What the platform allocated is not counted: the API server keeps an address that a request left
/// out, and nobody owns it then.
final class Remains {
    private final String kind;

    private Remains(String kind) {
        this.kind = kind;
    }

    /// Whether anything that the entries of one version own stands in another version still.
    static boolean any(JsonNode owned, JsonNode object) {
        Remains remains = new Remains(object.path("kind").asText());
        for (JsonNode each : owned.path("metadata").path("managedFields")) {
            JsonNode fields = SecretData.owned(object, each.path("fieldsV1"));
            if (remains.stands(fields, object, "", 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean stands(JsonNode fields, JsonNode node, String path, int depth) {
        if (fields.isEmpty() || depth > FieldOwners.DEPTH_MAX) {
            return Allocations.rule(kind, path) == null;
        }
        for (Map.Entry<String, JsonNode> each : fields.properties()) {
            JsonNode inner = inner(each.getKey(), node);
            String step = FieldOwners.step(each.getKey());
            if (inner != null && step != null) {
                boolean first = path.isEmpty() && step.startsWith(".");
                String at = first ? step.substring(1) : path + step;
                if (stands(each.getValue(), inner, at, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// What an element of FieldsV1 stands for in a node; null when it is not there.
    private static @Nullable JsonNode inner(String element, JsonNode node) {
        if (element.startsWith("f:")) {
            return node.get(element.substring(2));
        }
        JsonNode wanted = element.length() < 2 ? null : FieldOwners.read(element.substring(2));
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
}
