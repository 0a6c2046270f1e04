package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Somebody who writes to the cluster, and how: each form of writing leaves other traces in
/// `managedFields`.
enum RandomActor {
    KUBECTL_EDIT("kubectl-edit", "human", Form.PATCH),
    KUBECTL_PATCH("kubectl-patch", "human", Form.JSON_PATCH),
    KUBECTL_REPLACE("kubectl-replace", "human", Form.PUT),
    KUBECTL_APPLY("kubectl", "human", Form.APPLY),
    OPERATOR("shop-operator", "controller", Form.PUT),
    CONTROLLER("mesh-controller", "controller", Form.APPLY),
    HELM("helm", "reconciler", Form.PATCH),
    SCRIPT("python-requests", "unknown", Form.JSON_PATCH),
    CI("ci", "unknown", Form.PUT),
    CI_APPLY("ci", "unknown", Form.APPLY);

    /// How a change is sent.
    enum Form {
        /// GET, modify, PUT.
        PUT,
        /// A merge patch of what differs; lists are whole.
        PATCH,
        /// One operation on one place.
        JSON_PATCH,
        /// Server-side apply of the changed place alone, conflicts forced.
        APPLY
    }

    private final String manager;
    private final String type;
    private final Form form;

    RandomActor(String manager, String type, Form form) {
        this.manager = manager;
        this.type = type;
        this.form = form;
    }

    static RandomActor pick(Random random) {
        return values()[random.nextInt(values().length)];
    }

    String manager() {
        return manager;
    }

    /// The class of actor that the name stands for, as entries spell it.
    String type() {
        return type;
    }

    String operation() {
        return form == Form.APPLY ? "Apply" : "Update";
    }

    /// Whether a change of this sort can be sent this way: an apply takes nothing away that is not
    /// its own.
    boolean can(RandomEdit.Sort sort) {
        return form != Form.APPLY
                || sort == RandomEdit.Sort.SET
                || sort == RandomEdit.Sort.ADD_FIELD
                || sort == RandomEdit.Sort.ADD_ITEM;
    }

    /// Sends the change.
    ///
    /// @param before what was read
    ApiClient.Answer send(
            ApiClient client,
            String path,
            SchemaNode schema,
            ObjectNode before,
            RandomEdit.Edited edit) {
        return switch (form) {
            case PUT -> client.put(path, manager, edit.object());
            case PATCH ->
                    client.patch(path, manager, ApiClient.MERGE, merge(before, edit.object()));
            case JSON_PATCH ->
                    client.patch(path, manager, ApiClient.JSON_PATCH, operation(before, edit));
            case APPLY -> client.apply(path, manager, part(schema, edit));
        };
    }

    /// The RFC 7386 patch from one object to another.
    private static ObjectNode merge(ObjectNode before, ObjectNode after) {
        ObjectNode patch = after.objectNode();
        for (Map.Entry<String, JsonNode> each : after.properties()) {
            JsonNode old = before.get(each.getKey());
            if (old instanceof ObjectNode there && each.getValue() instanceof ObjectNode now) {
                ObjectNode inner = merge(there, now);
                if (!inner.isEmpty()) {
                    patch.set(each.getKey(), inner);
                }
            } else if (!each.getValue().equals(old)) {
                patch.set(each.getKey(), each.getValue());
            }
        }
        before.fieldNames()
                .forEachRemaining(name -> {
                    if (!after.has(name)) {
                        patch.putNull(name);
                    }
                });
        return patch;
    }

    private static ArrayNode operation(ObjectNode before, RandomEdit.Edited edit) {
        StringBuilder pointer = new StringBuilder();
        JsonNode old = before;
        JsonNode now = edit.object();
        for (String step : edit.at()) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
            old = step(old, step);
            now = step(now, step);
        }
        ArrayNode patch = before.arrayNode();
        ObjectNode operation = patch.addObject().put("path", pointer.toString());
        if (edit.sort() == RandomEdit.Sort.REMOVE) {
            operation.put("op", "remove");
        } else {
            operation.put("op", old.isMissingNode() ? "add" : "replace").set("value", now);
        }
        return patch;
    }

    private static JsonNode step(JsonNode node, String step) {
        return node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
    }

    /// The object with nothing but the changed place and what identifies the items on the way.
    private static ObjectNode part(SchemaNode schema, RandomEdit.Edited edit) {
        ObjectNode whole = edit.object();
        ObjectNode part = whole.objectNode();
        part.set("apiVersion", whole.get("apiVersion"));
        part.set("kind", whole.get("kind"));
        ObjectNode metadata = part.putObject("metadata");
        for (String name : List.of("name", "namespace")) {
            if (whole.path("metadata").has(name)) {
                metadata.set(name, whole.path("metadata").get(name));
            }
        }
        fill(part, schema, whole, edit.at());
        return part;
    }

    private static void fill(ObjectNode part, SchemaNode schema, JsonNode whole, List<String> at) {
        String name = at.getFirst();
        JsonNode value = whole.path(name);
        SchemaNode inner = schema.field(name);
        List<String> rest = at.subList(1, at.size());
        if (rest.isEmpty() || (value.isArray() && inner.keys().isEmpty())) {
            part.set(name, value);
        } else if (value.isArray()) {
            JsonNode item = value.path(Integer.parseInt(rest.getFirst()));
            ObjectNode keyed = part.putArray(name).addObject();
            inner.keys().forEach(key -> setIfThere(keyed, key, item.get(key)));
            if (rest.size() == 1) {
                keyed.setAll((ObjectNode) item);
            } else {
                fill(keyed, inner.items(), item, rest.subList(1, rest.size()));
            }
        } else {
            ObjectNode there =
                    part.get(name) instanceof ObjectNode known ? known : part.putObject(name);
            fill(there, inner, value, rest);
        }
    }

    private static void setIfThere(ObjectNode object, String name, @Nullable JsonNode value) {
        if (value != null) {
            object.set(name, value);
        }
    }
}
