package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the items of a list apart.
final class ListKeys {
    private static final String NAME = "name";

    private ListKeys() {}

    /// The key of one item: its key fields joined by `/`, its value in a set, else its index.
    static String of(JsonNode item, Shape list, int index) {
        return switch (list.form()) {
            case LIST_MAP -> joined(item, list);
            case SET -> item.isValueNode() ? item.asText() : item.toString();
            case ANY -> item.path(NAME).isTextual() ? item.path(NAME).asText() : "" + index;
            case STRUCT, MAP, LIST, SCALAR -> Integer.toString(index);
        };
    }

    /// The items by key in list order; null when two items have one key.
    static @Nullable Map<String, JsonNode> index(JsonNode items, Shape list) {
        Map<String, JsonNode> byKey = LinkedHashMap.newLinkedHashMap(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (byKey.put(of(items.get(i), list, i), items.get(i)) != null) {
                return null;
            }
        }
        return byKey;
    }

    /// Whether a list without schema can be told by names: objects, each with a name.
    static boolean named(JsonNode items) {
        for (JsonNode item : items) {
            if (!item.path(NAME).isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static String joined(JsonNode item, Shape list) {
        List<String> keys = list.keys();
        if (keys.size() == 1) {
            return part(item, list, keys.getFirst());
        }
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            text.append(text.isEmpty() ? "" : "/").append(part(item, list, key));
        }
        return text.toString();
    }

    private static String part(JsonNode item, Shape list, String key) {
        JsonNode value = item.get(key);
        if (value == null || value.isNull()) {
            value = list.items().field(key).schemaDefault();
        }
        return value == null ? "" : value.asText();
    }
}
