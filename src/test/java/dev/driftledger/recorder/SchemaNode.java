package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A node of an OpenAPI v3 document, read straight from its JSON: the test's own view of what a
/// list is, written without the engine's.
record SchemaNode(JsonNode document, JsonNode schema) {
    private static final SchemaNode NONE =
            new SchemaNode(MissingNode.getInstance(), MissingNode.getInstance());

    /// The schema of an object's kind; one that knows nothing when no document has it.
    static SchemaNode of(Map<String, JsonNode> documents, ObjectNode object) {
        String version = object.path("apiVersion").asText();
        JsonNode document = documents.get((version.contains("/") ? "apis/" : "api/") + version);
        if (document == null) {
            return NONE;
        }
        for (JsonNode each : document.path("components").path("schemas")) {
            for (JsonNode gvk : each.path("x-kubernetes-group-version-kind")) {
                String group = gvk.path("group").asText();
                String own = (group.isEmpty() ? "" : group + "/") + gvk.path("version").asText();
                if (own.equals(version) && gvk.path("kind").equals(object.path("kind"))) {
                    return new SchemaNode(document, each);
                }
            }
        }
        return NONE;
    }

    SchemaNode field(String name) {
        JsonNode own = schema.path("properties").get(name);
        return resolved(own == null ? schema.path("additionalProperties") : own);
    }

    SchemaNode items() {
        return resolved(schema.path("items"));
    }

    boolean isMap() {
        return schema.path("additionalProperties").isObject() && !schema.has("properties");
    }

    boolean isKeyed() {
        return !listType().isEmpty() && !listType().equals("atomic");
    }

    private String listType() {
        return schema.path("x-kubernetes-list-type").asText();
    }

    /// Names of the fields that tell a list's items apart, sorted.
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(k -> keys.add(k.asText()));
        keys.sort(null);
        return keys;
    }

    /// How a path names an item of this list.
    String key(JsonNode item, int index) {
        if (!isKeyed()) {
            return Integer.toString(index);
        }
        List<String> parts = new ArrayList<>();
        for (String key : keys()) {
            JsonNode value = item.get(key);
            JsonNode standard = items().schema.path("properties").path(key).path("default");
            parts.add((value == null ? standard : value).asText());
        }
        return parts.isEmpty() ? item.asText() : String.join("/", parts);
    }

    private SchemaNode resolved(JsonNode node) {
        JsonNode ref = node.path("allOf").path(0).path("$ref");
        if (ref.isMissingNode()) {
            ref = node.path("$ref");
        }
        if (ref.isMissingNode()) {
            return new SchemaNode(document, node);
        }
        String name = ref.asText().substring(ref.asText().lastIndexOf('/') + 1);
        return new SchemaNode(document, document.path("components").path("schemas").path(name));
    }
}
