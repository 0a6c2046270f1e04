package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/// The nodes around a field whose default is asked for.
///
/// @param self the node that lacks the field
/// @param type the name of its schema type; empty when it has none
/// @param name the field under which the node stands; empty for the object and for items
/// @param outer the scope of the node around it; null for the object itself
public record Scope(JsonNode self, String type, String name, @Nullable Scope outer) {
    /// The whole object.
    JsonNode root() {
        Scope scope = this;
        while (scope.outer != null) {
            scope = scope.outer;
        }
        return scope.self;
    }

    /// The nearest node around this one whose type has this short name, such as `PodSpec`;
    /// missing when there is none.
    JsonNode enclosing(String shortName) {
        for (Scope scope = outer; scope != null; scope = scope.outer) {
            if (scope.type.endsWith("." + shortName)) {
                return scope.self;
            }
        }
        return MissingNode.getInstance();
    }

    /// A text field of this node; empty when it has none.
    String text(String field) {
        return self.path(field).asText();
    }

    /// Whether the object is a Pod itself and not a template of one.
    boolean isPod() {
        return root().path("kind").asText().equals("Pod");
    }
}
