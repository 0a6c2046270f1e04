package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Built-in functions of values to one value.
final class Functions {
    static final Set<String> NAMES =
            Names.listed(
                    """
                    not/0 length/0 utf8bytelength/0 keys/0 keys_unsorted/0 has/1 contains/1
                    add/0 type/0 tostring/0 tonumber/0 tojson/0 fromjson/0 floor/0 ceil/0
                    round/0 abs/0 sort/0 unique/0 min/0 max/0 reverse/0 flatten/0 flatten/1
                    from_entries/0 ascii_downcase/0 ascii_upcase/0 startswith/1 endswith/1
                    ltrimstr/1 rtrimstr/1 trim/0 ltrim/0 rtrim/0 split/1 join/1 test/1
                    test/2 index/1 rindex/1
                    """);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> OF_TEXTS =
            Set.of(
                    "ascii_downcase/0",
                    "ascii_upcase/0",
                    "startswith/1",
                    "endswith/1",
                    "ltrimstr/1",
                    "rtrimstr/1",
                    "trim/0",
                    "ltrim/0",
                    "rtrim/0",
                    "split/1",
                    "test/1",
                    "test/2",
                    "index/1",
                    "rindex/1",
                    "fromjson/0",
                    "utf8bytelength/0");
    private static final int FLATTEN_MAX = 100;

    private Functions() {}

    static JsonNode apply(String name, JsonNode in, JsonNode[] arguments, Budget budget)
            throws JqError, RuleException {
        if (OF_TEXTS.contains(name)) {
            return Texts.apply(name, in, arguments, budget);
        }
        return switch (name) {
            case "not/0" -> BooleanNode.valueOf(!Values.isTrue(in));
            case "length/0" -> length(in, budget);
            case "type/0" -> NODES.textNode(Values.type(in));
            case "tojson/0" -> Values.text(json(in, budget), budget);
            case "tostring/0" -> NODES.textNode(written(in, budget));
            case "tonumber/0" -> tonumber(in);
            case "has/1" -> BooleanNode.valueOf(has(in, arguments[0]));
            case "contains/1" -> BooleanNode.valueOf(contains(in, arguments[0], budget));
            case "floor/0", "ceil/0", "round/0", "abs/0" -> rounded(name, in);
            case "keys/0", "keys_unsorted/0" -> keys(in, budget);
            default -> ofLists(name, in, arguments, budget);
        };
    }

    /// All items added up; null for none.
    static JsonNode sum(JsonNode items, Budget budget) throws JqError, RuleException {
        JsonNode sum = NullNode.getInstance();
        for (JsonNode each : items) {
            sum = Operators.plus(sum, each, budget);
        }
        return sum;
    }

    /// A text as it is, everything else as JSON.
    static String written(JsonNode value, Budget budget) throws RuleException {
        return value.isTextual() ? value.textValue() : json(value, budget);
    }

    /// What `sort_by` and its like make of rows of a key `k` and a value `v`.
    static JsonNode keyed(String name, List<JsonNode> rows, Budget budget) throws RuleException {
        List<JsonNode> sorted = byKey(rows, budget);
        ArrayNode out = NODES.arrayNode();
        switch (name) {
            case "min_by/1", "max_by/1" -> {
                if (sorted.isEmpty()) {
                    return NullNode.getInstance();
                }
                return name.startsWith("min") ? least(rows, budget) : sorted.getLast().get("v");
            }
            case "sort_by/1" -> sorted.forEach(row -> out.add(row.get("v")));
            default -> {
                boolean groups = name.startsWith("group");
                JsonNode last = null;
                for (JsonNode row : sorted) {
                    boolean fresh = last == null || Values.compare(last, row.get("k"), budget) != 0;
                    last = row.get("k");
                    if (fresh) {
                        out.add(groups ? NODES.arrayNode().add(row.get("v")) : row.get("v"));
                    } else if (groups) {
                        ((ArrayNode) out.get(out.size() - 1)).add(row.get("v"));
                    }
                }
            }
        }
        return out;
    }

    private static JsonNode least(List<JsonNode> rows, Budget budget) throws RuleException {
        JsonNode least = rows.getFirst();
        for (JsonNode row : rows) {
            if (Values.compare(row.get("k"), least.get("k"), budget) < 0) {
                least = row;
            }
        }
        return least.get("v");
    }

    private static List<JsonNode> byKey(List<JsonNode> rows, Budget budget) throws RuleException {
        List<JsonNode> keys = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            keys.add(NODES.arrayNode().add(rows.get(i).get("k")).add(i));
        }
        List<JsonNode> sorted = new ArrayList<>();
        for (JsonNode key : Values.sorted(keys, budget)) {
            sorted.add(rows.get(key.get(1).intValue()));
        }
        return sorted;
    }

    private static JsonNode length(JsonNode in, Budget budget) throws JqError, RuleException {
        if (in.isTextual()) {
            budget.steps(in.textValue().length() / 8);
            return NODES.numberNode(
                    (long) in.textValue().codePointCount(0, in.textValue().length()));
        }
        if (in.isBoolean()) {
            throw new JqError("a boolean has no length");
        }
        return in.isNumber()
                ? Values.number(Math.abs(in.doubleValue()))
                : NODES.numberNode((long) in.size());
    }

    private static String json(JsonNode value, Budget budget) throws RuleException {
        inspect(value, budget);
        String json = value.toString();
        budget.text(json.length());
        return json;
    }

    /// Refuses values that are too big or too deep to go through.
    static void inspect(JsonNode value, Budget budget) throws RuleException {
        budget.step();
        budget.enter();
        for (JsonNode each : value) {
            inspect(each, budget);
        }
        budget.leave();
    }

    private static JsonNode tonumber(JsonNode in) throws JqError {
        if (in.isNumber()) {
            return in;
        }
        try {
            String text = in.isTextual() ? in.textValue() : "";
            if (text.isEmpty() || text.length() > 400 || text.chars().anyMatch(c -> c > 'f')) {
                throw new NumberFormatException();
            }
            return Values.number(text);
        } catch (NumberFormatException _) {
            throw new JqError(Values.type(in) + " is no number");
        }
    }

    private static boolean has(JsonNode in, JsonNode key) throws JqError {
        if (in.isObject() && key.isTextual()) {
            return in.has(key.textValue());
        }
        if (in.isArray() && key.isNumber()) {
            return key.doubleValue() >= 0 && key.doubleValue() < in.size();
        }
        throw new JqError(Values.type(in) + " has no " + Values.type(key) + " keys");
    }

    private static boolean contains(JsonNode in, JsonNode part, Budget budget)
            throws JqError, RuleException {
        budget.enter();
        boolean contains = holds(in, part, budget);
        budget.leave();
        return contains;
    }

    private static boolean holds(JsonNode in, JsonNode part, Budget budget)
            throws JqError, RuleException {
        budget.step();
        if (in.isObject() && part.isObject()) {
            for (String key : Values.keys(part, budget)) {
                if (!in.has(key) || !contains(in.get(key), part.get(key), budget)) {
                    return false;
                }
            }
            return true;
        }
        if (in.isArray() && part.isArray()) {
            for (JsonNode wanted : part) {
                boolean found = false;
                for (JsonNode each : in) {
                    found |=
                            each.getNodeType() == wanted.getNodeType()
                                    && contains(each, wanted, budget);
                }
                if (!found) {
                    return false;
                }
            }
            return true;
        }
        if (in.isTextual() && part.isTextual()) {
            budget.steps(in.textValue().length() / 8 + part.textValue().length());
            return in.textValue().contains(part.textValue());
        }
        if (in.getNodeType() != part.getNodeType()) {
            throw new JqError(Values.type(in) + " cannot contain " + Values.type(part));
        }
        return Values.compare(in, part, budget) == 0;
    }

    private static JsonNode rounded(String name, JsonNode in) throws JqError {
        if (!in.isNumber()) {
            throw new JqError(Values.type(in) + " is no number");
        }
        double value = in.doubleValue();
        return switch (name) {
            case "floor/0" -> Values.number(Math.floor(value));
            case "ceil/0" -> Values.number(Math.ceil(value));
            case "round/0" ->
                    Values.number(Math.copySign(Math.floor(Math.abs(value) + 0.5), value));
            default -> value < 0 ? Operators.negative(in) : in;
        };
    }

    private static JsonNode keys(JsonNode in, Budget budget) throws JqError, RuleException {
        ArrayNode keys = NODES.arrayNode();
        if (in.isObject()) {
            Values.keys(in, budget).forEach(keys::add);
        } else if (in.isArray()) {
            budget.build(in.size());
            for (int i = 0; i < in.size(); i++) {
                keys.add((long) i);
            }
        } else {
            throw new JqError(Values.type(in) + " has no keys");
        }
        return keys;
    }

    private static JsonNode ofLists(String name, JsonNode in, JsonNode[] arguments, Budget budget)
            throws JqError, RuleException {
        if (name.equals("add/0")) {
            return sum(in, budget);
        }
        if (name.equals("reverse/0") && in.isNull()) {
            return NODES.arrayNode();
        }
        if (!in.isArray()) {
            throw new JqError(name + " needs a list, got " + Values.type(in));
        }
        List<JsonNode> items = new ArrayList<>();
        in.forEach(items::add);
        budget.build(in.size());
        return switch (name) {
            case "sort/0" -> NODES.arrayNode().addAll(Values.sorted(items, budget));
            case "unique/0" -> unique(Values.sorted(items, budget), budget);
            case "min/0" -> items.isEmpty() ? NODES.nullNode() : least(items, 1, budget);
            case "max/0" -> items.isEmpty() ? NODES.nullNode() : least(items, -1, budget);
            case "reverse/0" -> NODES.arrayNode().addAll(items.reversed());
            case "flatten/0" -> flat(in, FLATTEN_MAX, NODES.arrayNode(), budget);
            case "flatten/1" -> flat(in, depth(arguments[0]), NODES.arrayNode(), budget);
            case "from_entries/0" -> object(in, budget);
            case "join/1" -> joined(in, arguments[0], budget);
            default -> throw new AssertionError(name);
        };
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

    /// The first least with sign 1, the last greatest with -1.
    private static JsonNode least(List<JsonNode> items, int sign, Budget budget)
            throws RuleException {
        JsonNode least = items.getFirst();
        for (JsonNode each : items) {
            int order = Values.compare(each, least, budget) * sign;
            if (order < 0 || (order == 0 && sign < 0)) {
                least = each;
            }
        }
        return least;
    }

    private static int depth(JsonNode given) throws JqError {
        if (!given.isNumber() || given.doubleValue() < 0) {
            throw new JqError("flatten needs a depth that is not negative");
        }
        return (int) Math.min(given.doubleValue(), FLATTEN_MAX);
    }

    private static ArrayNode flat(JsonNode list, int depth, ArrayNode out, Budget budget)
            throws RuleException {
        for (JsonNode each : list) {
            if (each.isArray() && depth > 0) {
                flat(each, depth - 1, out, budget);
            } else {
                budget.build(1);
                out.add(each);
            }
        }
        return out;
    }

    private static ObjectNode object(JsonNode entries, Budget budget)
            throws JqError, RuleException {
        ObjectNode object = NODES.objectNode();
        for (JsonNode each : entries) {
            JsonNode key = firstTrue(each, "key", "k", "name", "Name", "Key", "K");
            JsonNode value = each.has("value") ? each.get("value") : firstTrue(each, "v", "Value");
            if (!key.isValueNode() || key.isNull()) {
                throw new JqError("an entry needs a key");
            }
            budget.build(1);
            object.set(key.asText(), value);
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

    private static JsonNode joined(JsonNode list, JsonNode by, Budget budget)
            throws JqError, RuleException {
        if (!by.isTextual()) {
            throw new JqError("join needs a text");
        }
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (JsonNode each : list) {
            if (each.isContainerNode()) {
                throw new JqError("cannot join " + Values.type(each));
            }
            String part = each.isNull() ? "" : written(each, budget);
            budget.text(part.length() + (long) by.textValue().length());
            text.append(first ? "" : by.textValue()).append(part);
            first = false;
        }
        return NODES.textNode(text.toString());
    }

    static JsonNode parsed(String text, Budget budget) throws JqError, RuleException {
        budget.build(text.length());
        try {
            JsonNode node = Json.shared().readTree(text);
            return node.isMissingNode() ? NODES.nullNode() : node;
        } catch (JsonProcessingException _) {
            throw new JqError("the text is no JSON");
        }
    }
}
