package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// How `metadata` of every object is compared, whatever its kind's schema says.
final class MetadataShape {
    static final Shape SHAPE = Shape.of(SchemaDocument.NONE, schema(), null);

    private MetadataShape() {}

    private static ObjectNode schema() {
        ObjectNode root = struct();
        ObjectNode fields = property(root, "metadata", struct());
        property(fields, "labels", texts());
        property(fields, "annotations", texts());
        property(fields, "finalizers", list("set")).putObject("items").put("type", "string");
        ObjectNode owners = property(fields, "ownerReferences", list("map"));
        owners.putArray("x-kubernetes-list-map-keys").add("uid");
        owners.set("items", struct());
        return root;
    }

    private static ObjectNode property(ObjectNode of, String name, ObjectNode schema) {
        of.withObject("/properties").set(name, schema);
        return schema;
    }

    private static ObjectNode struct() {
        ObjectNode struct = JsonNodeFactory.instance.objectNode().put("type", "object");
        struct.putObject("properties");
        return struct;
    }

    private static ObjectNode texts() {
        ObjectNode map = JsonNodeFactory.instance.objectNode().put("type", "object");
        map.putObject("additionalProperties").put("type", "string");
        return map;
    }

    private static ObjectNode list(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "array")
                .put("x-kubernetes-list-type", type);
    }
}
