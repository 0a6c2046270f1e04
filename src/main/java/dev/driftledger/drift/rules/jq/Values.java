package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.drift.rules.RuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// JSON values as the language sees them: what is equal, what is less, what is true.
final class Values {
    private static final double EXACT_MAX = 9_007_199_254_740_992.0;

    /// Whole numbers of more digits are read as floating point.
    private static final int DIGITS_MAX = 1000;

    private Values() {}

    /// Everything but `null` and `false`.
    static boolean isTrue(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.asBoolean());
    }

    /// The language's name of the value's type.
    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case OBJECT -> "object";
            case STRING -> "string";
            case BINARY, MISSING, NULL, POJO -> "null";
        };
    }

    static JsonNode number(String text) {
        try {
            return LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException _) {
            boolean digits = text.chars().noneMatch(c -> ".eE".indexOf(c) >= 0);
            return digits && text.length() < DIGITS_MAX
                    ? whole(new BigInteger(text))
                    : number(Double.parseDouble(text));
        }
    }

    /// A whole number where it is one.
    static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_MAX
                ? LongNode.valueOf((long) value)
                : DoubleNode.valueOf(value);
    }

    static JsonNode text(String value, Budget budget) throws RuleException {
        budget.text(value.length());
        return TextNode.valueOf(value);
    }

    /// The language's order: null, false, true, numbers, texts, lists, objects.
    static int compare(JsonNode one, JsonNode other, Budget budget) throws RuleException {
        budget.step();
        int order = Integer.compare(rank(one), rank(other));
        if (order != 0) {
            return order;
        }
        if (one.isNumber()) {
            return numbers(one, other);
        }
        if (one.isTextual()) {
            budget.steps(Math.min(one.textValue().length(), other.textValue().length()) / 8);
            return texts(one.textValue(), other.textValue());
        }
        budget.enter();
        int inner =
                one.isArray()
                        ? lists(one, other, budget)
                        : one.isObject() ? objects(one, other, budget) : 0;
        budget.leave();
        return inner;
    }

    static int texts(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean bothPairs = Character.isSurrogate(a) == Character.isSurrogate(b);
                return bothPairs ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    static List<String> keys(JsonNode object, Budget budget) throws RuleException {
        budget.build(object.size());
        List<String> keys = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(keys::add);
        keys.sort(Values::texts);
        return keys;
    }

    /// A stable sort that counts its comparisons.
    static List<JsonNode> sorted(List<JsonNode> items, Budget budget) throws RuleException {
        budget.build(items.size());
        if (items.size() < 2) {
            return items;
        }
        List<JsonNode> left = sorted(items.subList(0, items.size() / 2), budget);
        List<JsonNode> right = sorted(items.subList(items.size() / 2, items.size()), budget);
        List<JsonNode> merged = new ArrayList<>(items.size());
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            boolean first =
                    r == right.size()
                            || (l < left.size() && compare(left.get(l), right.get(r), budget) <= 0);
            merged.add(first ? left.get(l++) : right.get(r++));
        }
        return Collections.unmodifiableList(merged);
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case BINARY, MISSING, NULL, POJO -> 0;
            case BOOLEAN -> value.asBoolean() ? 2 : 1;
            case NUMBER -> 3;
            case STRING -> 4;
            case ARRAY -> 5;
            case OBJECT -> 6;
        };
    }

    private static int numbers(JsonNode one, JsonNode other) {
        if (one.isIntegralNumber() && other.isIntegralNumber()) {
            return one.canConvertToLong() && other.canConvertToLong()
                    ? Long.compare(one.longValue(), other.longValue())
                    : one.bigIntegerValue().compareTo(other.bigIntegerValue());
        }
        double a = one.doubleValue();
        double b = other.doubleValue();
        return a == b ? 0 : a < b || Double.isNaN(a) ? -1 : 1;
    }

    private static int lists(JsonNode one, JsonNode other, Budget budget) throws RuleException {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compare(one.get(i), other.get(i), budget);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int objects(JsonNode one, JsonNode other, Budget budget) throws RuleException {
        List<String> keys = keys(one, budget);
        List<String> otherKeys = keys(other, budget);
        for (int i = 0; i < Math.min(keys.size(), otherKeys.size()); i++) {
            int order = texts(keys.get(i), otherKeys.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(keys.size(), otherKeys.size());
        for (int i = 0; order == 0 && i < keys.size(); i++) {
            order = compare(one.get(keys.get(i)), other.get(keys.get(i)), budget);
        }
        return order;
    }

    /// An exact whole number, in the smallest form.
    static JsonNode whole(BigInteger value) {
        return value.bitLength() < Long.SIZE
                ? LongNode.valueOf(value.longValue())
                : BigIntegerNode.valueOf(value);
    }

    /// Whether a value passes one of the filters by type.
    static boolean isOf(String name, JsonNode value) {
        return switch (name) {
            case "arrays/0" -> value.isArray();
            case "objects/0" -> value.isObject();
            case "iterables/0" -> value.isContainerNode();
            case "booleans/0" -> value.isBoolean();
            case "numbers/0" -> value.isNumber();
            case "strings/0" -> value.isTextual();
            case "nulls/0" -> value.isNull();
            case "values/0" -> !value.isNull();
            case "scalars/0" -> !value.isContainerNode();
            default -> throw new AssertionError(name);
        };
    }
}
