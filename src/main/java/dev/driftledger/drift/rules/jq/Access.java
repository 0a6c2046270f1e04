package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.drift.rules.RuleException;
import java.util.List;

/// Looking into values: fields, items, parts of lists.
final class Access {
    private static final JsonNode NULL = NullNode.getInstance();

    private Access() {}

    /// `target[key]`; null where nothing is there.
    static Item at(Item target, JsonNode key, Budget budget) throws JqError, RuleException {
        JsonNode value = target.value();
        boolean none = value.isNull();
        if (key.isTextual() && (value.isObject() || none)) {
            JsonNode found = value.get(key.textValue());
            return target.inner(key.textValue(), found == null ? NULL : found);
        }
        if (key.isNumber() && (value.isArray() || none)) {
            int index = (int) key.doubleValue();
            int from = index < 0 ? index + value.size() : index;
            JsonNode found = value.get(from);
            return target.inner(index, found == null ? NULL : found);
        }
        if (key.isNumber() && value.isTextual()) {
            return computed(target, character(value.textValue(), key, budget));
        }
        if (key.isArray() && none) {
            return target.inner(new Item.Range(0, 0), NULL);
        }
        if (key.isArray() && value.isArray()) {
            return computed(target, Texts.places(value, key, budget));
        }
        if (key.isObject() && (none || (key.has("start") && key.has("end")))) {
            return slice(target, key.path("start"), key.path("end"), budget);
        }
        throw new JqError("cannot look up " + Values.type(key) + " in " + Values.type(value));
    }

    private static JsonNode character(String text, JsonNode key, Budget budget)
            throws RuleException {
        budget.text(text.length());
        int size = text.codePointCount(0, text.length());
        int index = (int) key.doubleValue();
        int at = index < 0 ? index + size : index;
        return at < 0 || at >= size
                ? NULL
                : TextNode.valueOf(
                        Character.toString(text.codePointAt(text.offsetByCodePoints(0, at))));
    }

    /// What stands at no place of its own: nothing could be taken out there.
    private static Item computed(Item target, JsonNode value) throws JqError {
        if (target.steps() != null) {
            throw new JqError("invalid path: there is no place inside of a text");
        }
        return Item.plain(value);
    }

    /// `target[from:to]`
    static Item slice(Item target, JsonNode from, JsonNode to, Budget budget)
            throws JqError, RuleException {
        JsonNode value = target.value();
        if (value.isNull()) {
            return target.inner(new Item.Range(0, 0), NULL);
        }
        boolean numbers = (from.isNumber() || from.isNull()) && (to.isNumber() || to.isNull());
        if (!numbers || !(value.isArray() || value.isTextual())) {
            throw new JqError("cannot take a part of " + Values.type(value));
        }
        String text = value.isTextual() ? value.textValue() : "";
        int size = value.isArray() ? value.size() : text.codePointCount(0, text.length());
        int start = from.isNull() ? 0 : bound(Math.floor(from.doubleValue()), size);
        boolean open = to.isNull() || (to.doubleValue() > -1 && to.doubleValue() < 0);
        int end = Math.max(start, open ? size : bound(Math.ceil(to.doubleValue()), size));
        if (value.isTextual()) {
            budget.text(text.length());
            return computed(
                    target,
                    TextNode.valueOf(
                            text.substring(
                                    text.offsetByCodePoints(0, start),
                                    text.offsetByCodePoints(0, end))));
        }
        budget.build(end - (long) start);
        ArrayNode part = JsonNodeFactory.instance.arrayNode(end - start);
        for (int i = start; i < end; i++) {
            part.add(value.get(i));
        }
        return target.inner(new Item.Range(start, end), part);
    }

    /// `target[]`; fields in the order of their names.
    static void each(Item target, Budget budget, Item.Sink out) throws JqError, RuleException {
        JsonNode value = target.value();
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                budget.step();
                out.accept(target.inner(i, value.get(i)));
            }
        } else if (value.isObject()) {
            List<String> keys = Values.keys(value, budget);
            for (String key : keys) {
                budget.step();
                out.accept(target.inner(key, value.get(key)));
            }
        } else {
            throw new JqError("cannot iterate over " + Values.type(value));
        }
    }

    private static int bound(double given, int size) {
        double from = given < 0 ? given + size : given;
        return (int) Math.min(Math.max(from, 0), size);
    }
}
