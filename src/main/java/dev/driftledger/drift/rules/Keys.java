package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Keys that the parts of a rule may have, and the shape of what stands under them.
///
/// The systems whose rules are read drop a key that they do not know, so that a rule whose
/// `namespace` is misspelled is about all namespaces. Here such a rule is not used.
final class Keys {
    private Keys() {}

    /// @param place before the key in the message: empty, or such as `target.`
    /// @throws RuleException when it is no object or has another key
    static void require(String place, JsonNode object, Set<String> known) throws RuleException {
        if (!object.isObject() && !object.isMissingNode()) {
            String what = place.isEmpty() ? "a rule" : place.substring(0, place.length() - 1);
            throw new RuleException(what + " must be an object with " + new TreeSet<>(known));
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!known.contains(each.getKey())) {
                throw new RuleException(
                        place + each.getKey() + " is not known, known are " + new TreeSet<>(known));
            }
        }
    }

    /// A text; empty when it is missing or null.
    ///
    /// @throws RuleException when it is something else
    static String text(JsonNode object, String field) throws RuleException {
        JsonNode text = object.path(field);
        if (!text.isTextual() && !text.isMissingNode() && !text.isNull()) {
            throw new RuleException(field + " must be a text");
        }
        return text.isTextual() ? text.textValue() : "";
    }

    /// The texts of a list, in its order; none when it is missing or null.
    ///
    /// @throws RuleException when it is no list of texts
    static List<String> texts(JsonNode object, String field) throws RuleException {
        JsonNode list = object.path(field);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw new RuleException(field + " must be a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            if (!each.isTextual()) {
                throw new RuleException(field + " must be a list of texts");
            }
            texts.add(each.asText());
        }
        return texts;
    }
}
