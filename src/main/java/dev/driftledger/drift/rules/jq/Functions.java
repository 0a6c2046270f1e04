package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.re2j.Pattern;
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
                    not/0 length/0 utf8bytelength/0 keys/0 has/1 contains/1
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
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final int NUMBER_LENGTH_MAX = 400;

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
            case "tojson/0" -> NODES.textNode(JsonText.of(in, budget));
            case "tostring/0" -> NODES.textNode(written(in, budget));
            case "tonumber/0" -> tonumber(in);
            case "has/1" -> BooleanNode.valueOf(has(in, arguments[0]));
            case "contains/1" -> BooleanNode.valueOf(contains(in, arguments[0], budget));
            case "floor/0", "ceil/0", "round/0", "abs/0" -> rounded(name, in);
            case "keys/0" -> keys(in, budget);
            default -> Lists.apply(name, in, arguments, budget);
        };
    }

    /// A text as it is, everything else as JSON.
    static String written(JsonNode value, Budget budget) throws RuleException {
        return value.isTextual() ? value.textValue() : JsonText.of(value, budget);
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
        return in.isNumber() ? rounded("abs/0", in) : NODES.numberNode((long) in.size());
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
        String text = in.isTextual() ? in.textValue() : "";
        if (text.length() > NUMBER_LENGTH_MAX || !NUMBER.matches(text)) {
            throw new JqError(Values.type(in) + " is no number");
        }
        return Values.number(text);
    }

    private static boolean has(JsonNode in, JsonNode key) throws JqError {
        if (in.isObject() && key.isTextual()) {
            return in.has(key.textValue());
        }
        if (in.isArray() && key.isNumber()) {
            long index = (long) key.doubleValue();
            return index >= 0 && index < in.size();
        }
        if (in.isNull()) {
            return false;
        }
        throw new JqError(Values.type(in) + " has no " + Values.type(key) + " keys");
    }

    private static boolean contains(JsonNode in, JsonNode part, Budget budget)
            throws JqError, RuleException {
        boolean holds = holds(in, part, budget);
        if (!holds && (in.getNodeType() != part.getNodeType() || in.isBoolean())) {
            throw new JqError(Values.type(in) + " cannot contain " + Values.type(part));
        }
        return holds;
    }

    private static boolean holds(JsonNode in, JsonNode part, Budget budget) throws RuleException {
        budget.step();
        if (in.isTextual() && part.isTextual()) {
            budget.steps(in.textValue().length() / 8 + part.textValue().length());
            return in.textValue().contains(part.textValue());
        }
        budget.enter();
        boolean holds;
        if (in.isObject() && part.isObject()) {
            holds = holdsFields(in, part, budget);
        } else if (in.isArray() && part.isArray()) {
            holds = holdsItems(in, part, budget);
        } else {
            holds = Values.compare(in, part, budget) == 0;
        }
        budget.leave();
        return holds;
    }

    private static boolean holdsFields(JsonNode in, JsonNode part, Budget budget)
            throws RuleException {
        for (String key : Values.keys(part, budget)) {
            if (!in.has(key) || !holds(in.get(key), part.get(key), budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsItems(JsonNode in, JsonNode part, Budget budget)
            throws RuleException {
        for (JsonNode wanted : part) {
            boolean found = false;
            for (JsonNode each : in) {
                found |= holds(each, wanted, budget);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode rounded(String name, JsonNode in) throws JqError {
        boolean unsigned = in.isTextual() || in.isContainerNode();
        if (unsigned && name.equals("abs/0")) {
            return in;
        }
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

    static JsonNode keys(JsonNode in, Budget budget) throws JqError, RuleException {
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

    static JsonNode parsed(String text, Budget budget) throws JqError, RuleException {
        budget.build(text.length());
        try {
            JsonNode node = Json.parse(text);
            if (node.isMissingNode()) {
                throw new JqError("an empty text is no JSON");
            }
            return node;
        } catch (JsonProcessingException _) {
            throw new JqError("the text is no JSON");
        }
    }
}
