package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// An error of the language, which `try` catches.
final class JqError extends Exception {
    private static final long serialVersionUID = 1;

    private static final int LENGTH_MAX = 200;

    private final transient JsonNode value;

    JqError(String message) {
        this(TextNode.valueOf(message));
    }

    JqError(JsonNode value) {
        super(null, null, false, false);
        this.value = value;
    }

    /// What went wrong, for people.
    String shortened() {
        String said = value.isTextual() ? value.textValue() : "an error of another type than text";
        return said.substring(0, Math.min(said.length(), LENGTH_MAX));
    }

    JsonNode value() {
        return value;
    }
}
