package dev.driftledger.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Rfc3339;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of an entry's body, read for showing: what is absent or of another type is shown as
/// absent, because a page must not fail over one old entry.
///
/// @param node the part; a missing node when there is none
record Body(JsonNode node) {

    /// The body of an entry.
    static Body of(Entry entry) {
        return new Body(entry.body() == null ? MissingNode.getInstance() : entry.body());
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    Body object(String name) {
        return new Body(node.path(name));
    }

    /// A string, or the empty string.
    String text(String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : "";
    }

    @Nullable String textOrNull(String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }

    long count(String name) {
        return node.path(name).asLong(0);
    }

    @Nullable JsonNode tree(String name) {
        return node.has(name) ? node.get(name) : null;
    }

    @Nullable Stamp stamp(String name) {
        try {
            return has(name) ? new Stamp(Rfc3339.parse(text(name))) : null;
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return null;
        }
    }

    @Nullable RevisionView revision(String name) {
        return node.path(name).isObject() ? RevisionView.of(object(name)) : null;
    }

    /// The strings of an array; whatever else is in it is left out.
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
