package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.defaults.DefaultTable;
import dev.driftledger.drift.defaults.Scope;
import org.jspecify.annotations.Nullable;

/// Where the comparison is: path, shape, and the nodes around it on both sides.
///
/// @param path from the object's root
/// @param shape how the node here is compared
/// @param around the form of the node around this one
/// @param desired the desired nodes around this one; null at the root
/// @param live the live nodes around this one; null at the root
record Place(
        FieldPath path,
        Shape shape,
        Shape.Form around,
        @Nullable Scope desired,
        @Nullable Scope live) {
    static Place root(Shape shape) {
        return new Place(FieldPath.ROOT, shape, Shape.Form.ANY, null, null);
    }

    /// The place with both nodes as surroundings of what comes next.
    Place enter(JsonNode desiredNode, JsonNode liveNode) {
        String type = shape.typeName() == null ? "" : shape.typeName();
        String name = path.list() == null ? path.text() : "";
        return new Place(
                path,
                shape,
                around,
                new Scope(desiredNode, type, name, desired),
                new Scope(liveNode, type, name, live));
    }

    Place field(String name) {
        return new Place(path.field(name), shape.field(name), shape.form(), desired, live);
    }

    Place item(String key) {
        return new Place(path.item(key, shape), shape.items(), shape.form(), desired, live);
    }

    /// The last field's name; empty at the root and for items.
    String name() {
        return path.list() == null ? path.text() : "";
    }

    /// The short name of the type around this field, such as `PodSpec`; empty when it has none.
    String outerType() {
        String type = desired == null ? "" : desired.type();
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /// The default that holds here with the desired side around it; null when there is none.
    @Nullable JsonNode desiredDefault() {
        return defaultIn(desired);
    }

    /// The default that holds here with the live side around it; null when there is none.
    @Nullable JsonNode liveDefault() {
        return defaultIn(live);
    }

    /// Only fields have defaults: keys of maps and items of lists are there or are not.
    private @Nullable JsonNode defaultIn(@Nullable Scope scope) {
        boolean optional = around == Shape.Form.STRUCT || around == Shape.Form.ANY;
        if (!optional) {
            return null;
        }
        JsonNode known = scope == null ? null : DefaultTable.find(scope, name());
        return known == null ? shape.schemaDefault() : known;
    }
}
