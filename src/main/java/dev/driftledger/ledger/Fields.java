package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of one JSON object, read strictly: what is missing, of another type or unknown is an
/// [IllegalArgumentException] that names it.
final class Fields {
    private final String where;
    private final ObjectNode node;

    /// Takes an object.
    ///
    /// @param where what to call it in messages
    /// @param known the names that it may have; null when any will do
    Fields(String where, JsonNode node, @Nullable Set<String> known) {
        this.where = where;
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException(
                    where + " must be an object, is " + node.getNodeType());
        }
        this.node = object;
        if (known != null) {
            object.fieldNames().forEachRemaining(name -> checkKnown(name, known));
        }
    }

    private void checkKnown(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    where + " has the unknown field '" + name + "'; a newer program wrote it?");
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(
                    where + "." + name + " must be a string, is " + value.getNodeType());
        }
        return value.textValue();
    }

    @Nullable String textOrNull(String name) {
        return node.has(name) ? text(name) : null;
    }

    long integer(String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(
                    where + "." + name + " must be an integer, is " + value.getNodeType());
        }
        return value.longValue();
    }

    Digest digest(String name) {
        try {
            return Digest.ofHex(text(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + "." + name + " must be a SHA-256", e);
        }
    }

    ObjectNode tree(String name) {
        return new Fields(where + "." + name, node.path(name), null).node;
    }

    Fields object(String name, Set<String> known) {
        return new Fields(where + "." + name, node.path(name), known);
    }
}
