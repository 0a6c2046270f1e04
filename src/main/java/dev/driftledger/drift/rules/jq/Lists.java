package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Built-in functions of lists; some take an object for the list of its values.
final class Lists {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> OF_OBJECTS =
            Set.of("add/0", "flatten/0", "flatten/1", "from_entries/0", "join/1");

    private Lists() {}

    static JsonNode apply(String name, JsonNode in, JsonNode[] arguments, Budget budget)
            throws JqError, RuleException {
        List<JsonNode> items = items(name, in, budget);
        return switch (name) {
            case "add/0" -> sum(items, budget);
            case "sort/0" -> NODES.arrayNode().addAll(Values.sorted(items, budget));
            case "unique/0" -> unique(Values.sorted(items, budget), budget);
            case "min/0" -> items.isEmpty() ? NODES.nullNode() : least(items, budget);
            case "max/0" -> items.isEmpty() ? NODES.nullNode() : greatest(items, budget);
            case "reverse/0" -> NODES.arrayNode().addAll(items.reversed());
            case "flatten/0" -> flat(items, -1, NODES.arrayNode(), budget);
            case "flatten/1" -> flat(items, depth(arguments[0]), NODES.arrayNode(), budget);
            case "from_entries/0" -> object(items, budget);
            case "join/1" -> joined(items, arguments[0], budget);
            default -> throw new AssertionError(name);
        };
    }

    /// All items added up; null for none.
    static JsonNode sum(Iterable<JsonNode> items, Budget budget) throws JqError, RuleException {
        JsonNode sum = NullNode.getInstance();
        for (JsonNode each : items) {
            sum = Operators.plus(sum, each, budget);
        }
        return sum;
    }

    private static List<JsonNode> items(String name, JsonNode in, Budget budget)
            throws JqError, RuleException {
        List<JsonNode> items = new ArrayList<>();
        if (in.isArray()) {
            budget.build(in.size());
            in.forEach(items::add);
        } else if (in.isObject() && OF_OBJECTS.contains(name)) {
            Values.keys(in, budget).forEach(key -> items.add(in.get(key)));
        } else {
            throw new JqError(name + " needs a list, got " + Values.type(in));
        }
        return items;
    }

    private static ArrayNode unique(List<JsonNode> sorted, Budget budget) throws RuleException {
        ArrayNode out = NODES.arrayNode();
        for (JsonNode each : sorted) {
            if (out.isEmpty() || Values.compare(out.get(out.size() - 1), each, budget) != 0) {
                out.add(each);
            }
        }
        return out;
    }

    /// The first of the least.
    private static JsonNode least(List<JsonNode> items, Budget budget) throws RuleException {
        JsonNode least = items.getFirst();
        for (JsonNode each : items) {
            if (Values.compare(each, least, budget) < 0) {
                least = each;
            }
        }
        return least;
    }

    /// The last of the greatest.
    private static JsonNode greatest(List<JsonNode> items, Budget budget) throws RuleException {
        JsonNode greatest = items.getFirst();
        for (JsonNode each : items) {
            if (Values.compare(each, greatest, budget) >= 0) {
                greatest = each;
            }
        }
        return greatest;
    }

    private static double depth(JsonNode given) throws JqError {
        if (!given.isNumber() || given.doubleValue() < 0) {
            throw new JqError("flatten needs a depth that is not negative");
        }
        return given.doubleValue();
    }

    /// @param depth how many levels are flattened; all of them when no number of steps of one
    ///     leads from it to zero
    private static ArrayNode flat(
            Iterable<JsonNode> list, double depth, ArrayNode out, Budget budget)
            throws RuleException {
        budget.enter();
        for (JsonNode each : list) {
            if (each.isArray() && depth != 0) {
                flat(each, depth - 1, out, budget);
            } else {
                budget.build(1);
                out.add(each);
            }
        }
        budget.leave();
        return out;
    }

    private static ObjectNode object(List<JsonNode> entries, Budget budget)
            throws JqError, RuleException {
        ObjectNode object = NODES.objectNode();
        for (JsonNode each : entries) {
            JsonNode key = firstTrue(each, "key", "Key", "name", "Name");
            if (!key.isTextual()) {
                throw new JqError("an entry needs a key that is a text");
            }
            JsonNode value = each.get(each.has("value") ? "value" : "Value");
            budget.build(1);
            object.set(key.textValue(), value == null ? NODES.nullNode() : value);
        }
        return object;
    }

    private static JsonNode firstTrue(JsonNode entry, String... names) {
        for (String name : names) {
            JsonNode found = entry.get(name);
            if (found != null && Values.isTrue(found)) {
                return found;
            }
        }
        return NODES.nullNode();
    }

    private static JsonNode joined(List<JsonNode> list, JsonNode by, Budget budget)
            throws JqError, RuleException {
        if (list.size() > 1 && !by.isTextual() && !by.isNull()) {
            throw new JqError("cannot join with " + Values.type(by));
        }
        String between = by.isTextual() ? by.textValue() : "";
        StringBuilder text = new StringBuilder();
        String before = "";
        for (JsonNode each : list) {
            if (each.isContainerNode()) {
                throw new JqError("cannot join " + Values.type(each));
            }
            String part = each.isNull() ? "" : Functions.written(each, budget);
            budget.text(before.length() + (long) part.length());
            text.append(before).append(part);
            before = between;
        }
        return NODES.textNode(text.toString());
    }
}
