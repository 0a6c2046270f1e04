package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where two versions of one object that an API server returned differ: plain, without defaults,
/// owners or equivalences, because both sides are as the server spells them.
final class FieldTruth {
    private static final List<String> NOT_COMPARED =
            List.of("apiVersion", "kind", "metadata", "status");
    private static final List<String> METADATA =
            List.of("annotations", "finalizers", "labels", "ownerReferences");
    private static final String LAST_APPLIED =
            "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]";

    private final SortedMap<String, @Nullable JsonNode> places = new TreeMap<>();

    private FieldTruth() {}

    /// The places that differ, the topmost of each, with what stands there now; null where nothing
    /// stands there any more.
    static SortedMap<String, @Nullable JsonNode> between(
            SchemaNode schema, ObjectNode before, ObjectNode after) {
        FieldTruth truth = new FieldTruth();
        for (String name : names(before, after)) {
            if (!NOT_COMPARED.contains(name)) {
                truth.compare(name, schema.field(name), before.get(name), after.get(name));
            }
        }
        SchemaNode metadata = schema.field("metadata");
        for (String name : METADATA) {
            truth.compare(
                    "metadata." + name,
                    metadata.field(name),
                    before.path("metadata").get(name),
                    after.path("metadata").get(name));
        }
        truth.places.remove(LAST_APPLIED);
        return truth.places;
    }

    /// Whether the manifest says anything at a place.
    static boolean names(SchemaNode schema, ObjectNode manifest, String place) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        FieldTruth truth = new FieldTruth();
        truth.everything("", schema, manifest);
        return !nothing.equals(manifest) && truth.places.containsKey(place);
    }

    private void everything(String at, SchemaNode schema, JsonNode node) {
        if (!at.isEmpty()) {
            places.put(at, node);
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            everything(field(at, each.getKey()), schema.field(each.getKey()), each.getValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            String key = schema.key(node.get(i), i);
            everything(at + "[" + key + "]", schema.items(), node.get(i));
        }
    }

    private void compare(
            String at, SchemaNode schema, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (isNothing(before) && isNothing(after)) {
            return;
        }
        if (before == null || before.isNull()) {
            whole(at, schema, after);
        } else if (after == null || after.isNull()) {
            places.put(at, null);
        } else if (before.isObject() && after.isObject()) {
            for (String name : names(before, after)) {
                compare(field(at, name), schema.field(name), before.get(name), after.get(name));
            }
        } else if (before.isArray() && after.isArray()) {
            items(at, schema, before, after);
        } else if (!before.equals(after)) {
            places.put(at, after);
        }
    }

    /// What stands on one side only: entries of maps and keyed lists come one by one.
    private void whole(String at, SchemaNode schema, @Nullable JsonNode after) {
        if (after != null && after.isObject() && schema.isMap()) {
            after.properties().forEach(e -> places.put(field(at, e.getKey()), e.getValue()));
        } else if (after != null && after.isArray() && schema.isKeyed()) {
            keyed(schema, after).forEach((key, item) -> places.put(at + "[" + key + "]", item));
        } else {
            places.put(at, after);
        }
    }

    private void items(String at, SchemaNode schema, JsonNode before, JsonNode after) {
        if (schema.isKeyed()) {
            Map<String, JsonNode> old = keyed(schema, before);
            Map<String, JsonNode> now = keyed(schema, after);
            TreeSet<String> keys = new TreeSet<>(old.keySet());
            keys.addAll(now.keySet());
            for (String key : keys) {
                compare(at + "[" + key + "]", schema.items(), old.get(key), now.get(key));
            }
        } else if (before.size() != after.size()) {
            places.put(at, after);
        } else {
            for (int i = 0; i < after.size(); i++) {
                compare(at + "[" + i + "]", schema.items(), before.get(i), after.get(i));
            }
        }
    }

    private static Map<String, JsonNode> keyed(SchemaNode schema, JsonNode items) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            byKey.put(schema.key(items.get(i), i), items.get(i));
        }
        return byKey;
    }

    private static Set<String> names(JsonNode before, JsonNode after) {
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static boolean isNothing(@Nullable JsonNode node) {
        return node == null || node.isNull() || (node.isContainerNode() && node.isEmpty());
    }

    private static String field(String at, String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            return at + "[" + name + "]";
        }
        return at.isEmpty() ? name : at + "." + name;
    }
}
