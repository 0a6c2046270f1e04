package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// An error of the language, which `try` catches.
final class JqError extends Exception {
    private static final long serialVersionUID = 1;

    private final transient JsonNode value;

    JqError(String message) {
        this(TextNode.valueOf(message));
    }

    JqError(JsonNode value) {
        super(value.isTextual() ? value.asText() : value.getNodeType().name(), null, false, false);
        this.value = value;
    }

    JsonNode value() {
        return value;
    }
}
