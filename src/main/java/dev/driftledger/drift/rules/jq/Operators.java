package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import java.math.BigInteger;
import java.util.Map;

/// What `+ - * / %` and the comparisons do.
final class Operators {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Products of more bits are taken as floating point.
    private static final int WHOLE_BITS_MAX = 4096;

    private Operators() {}

    static JsonNode apply(String operator, JsonNode left, JsonNode right, Budget budget)
            throws JqError, RuleException {
        return switch (operator) {
            case "+" -> plus(left, right, budget);
            case "-" -> minus(left, right, budget);
            case "*" -> times(left, right, budget);
            case "/" -> divided(left, right, budget);
            case "%" -> rest(left, right);
            case "==" -> bool(Values.compare(left, right, budget) == 0);
            case "!=" -> bool(Values.compare(left, right, budget) != 0);
            case "<" -> bool(Values.compare(left, right, budget) < 0);
            case "<=" -> bool(Values.compare(left, right, budget) <= 0);
            case ">" -> bool(Values.compare(left, right, budget) > 0);
            case ">=" -> bool(Values.compare(left, right, budget) >= 0);
            default -> throw new AssertionError(operator);
        };
    }

    static JsonNode negative(JsonNode operand) throws JqError {
        if (!operand.isNumber()) {
            throw new JqError("cannot negate " + Values.type(operand));
        }
        return operand.isIntegralNumber()
                ? Values.whole(operand.bigIntegerValue().negate())
                : Values.number(-operand.doubleValue());
    }

    static JsonNode plus(JsonNode left, JsonNode right, Budget budget)
            throws JqError, RuleException {
        if (left.isNull() || right.isNull()) {
            return left.isNull() ? right : left;
        }
        if (left.isNumber() && right.isNumber()) {
            return exact(left, right)
                    ? Values.whole(left.bigIntegerValue().add(right.bigIntegerValue()))
                    : Values.number(left.doubleValue() + right.doubleValue());
        }
        if (left.isTextual() && right.isTextual()) {
            budget.text(left.textValue().length() + (long) right.textValue().length());
            return NODES.textNode(left.textValue() + right.textValue());
        }
        budget.build(left.size() + (long) right.size());
        if (left instanceof ArrayNode first && right instanceof ArrayNode second) {
            return NODES.arrayNode(first.size() + second.size()).addAll(first).addAll(second);
        }
        if (left instanceof ObjectNode first && right instanceof ObjectNode second) {
            ObjectNode both = NODES.objectNode();
            both.setAll(first);
            both.setAll(second);
            return both;
        }
        throw wrong("add", left, right);
    }

    private static JsonNode minus(JsonNode left, JsonNode right, Budget budget)
            throws JqError, RuleException {
        if (left.isNumber() && right.isNumber()) {
            return exact(left, right)
                    ? Values.whole(left.bigIntegerValue().subtract(right.bigIntegerValue()))
                    : Values.number(left.doubleValue() - right.doubleValue());
        }
        if (!left.isArray() || !right.isArray()) {
            throw wrong("subtract", left, right);
        }
        ArrayNode rest = NODES.arrayNode();
        for (JsonNode each : left) {
            boolean there = false;
            for (JsonNode other : right) {
                there |= Values.compare(each, other, budget) == 0;
            }
            if (!there) {
                budget.build(1);
                rest.add(each);
            }
        }
        return rest;
    }

    private static JsonNode times(JsonNode left, JsonNode right, Budget budget)
            throws JqError, RuleException {
        if (left.isNumber() && right.isNumber()) {
            return exact(left, right)
                            && left.bigIntegerValue().bitLength()
                                            + right.bigIntegerValue().bitLength()
                                    < WHOLE_BITS_MAX
                    ? Values.whole(left.bigIntegerValue().multiply(right.bigIntegerValue()))
                    : Values.number(left.doubleValue() * right.doubleValue());
        }
        if (left.isTextual() && right.isNumber()) {
            return repeated(left.textValue(), right.doubleValue(), budget);
        }
        if (left.isNumber() && right.isTextual()) {
            return repeated(right.textValue(), left.doubleValue(), budget);
        }
        if (left.isObject() && right.isObject()) {
            return merged(left, right, budget);
        }
        throw wrong("multiply", left, right);
    }

    private static JsonNode repeated(String text, double times, Budget budget)
            throws RuleException {
        if (!(times >= 0)) {
            return NullNode.getInstance();
        }
        int count = (int) times;
        budget.text(text.length() * (long) count);
        return NODES.textNode(text.repeat(count));
    }

    private static JsonNode merged(JsonNode left, JsonNode right, Budget budget)
            throws RuleException {
        budget.enter();
        budget.build(left.size() + (long) right.size());
        ObjectNode both = NODES.objectNode();
        left.properties().forEach(e -> both.set(e.getKey(), e.getValue()));
        for (Map.Entry<String, JsonNode> each : right.properties()) {
            JsonNode old = both.get(each.getKey());
            boolean deeper = old != null && old.isObject() && each.getValue().isObject();
            both.set(
                    each.getKey(), deeper ? merged(old, each.getValue(), budget) : each.getValue());
        }
        budget.leave();
        return both;
    }

    private static JsonNode divided(JsonNode left, JsonNode right, Budget budget)
            throws JqError, RuleException {
        if (left.isTextual() && right.isTextual()) {
            return Texts.split(left.textValue(), right.textValue(), budget);
        }
        if (!left.isNumber() || !right.isNumber()) {
            throw wrong("divide", left, right);
        }
        if (right.doubleValue() == 0) {
            throw new JqError("cannot divide by zero");
        }
        if (exact(left, right)) {
            BigInteger[] parts = left.bigIntegerValue().divideAndRemainder(right.bigIntegerValue());
            if (parts[1].signum() == 0) {
                return Values.whole(parts[0]);
            }
        }
        return Values.number(left.doubleValue() / right.doubleValue());
    }

    private static JsonNode rest(JsonNode left, JsonNode right) throws JqError {
        if (!left.isNumber() || !right.isNumber()) {
            throw wrong("divide", left, right);
        }
        if (exact(left, right) && right.bigIntegerValue().signum() != 0) {
            return Values.whole(left.bigIntegerValue().remainder(right.bigIntegerValue()));
        }
        long divisor = (long) right.doubleValue();
        if (divisor == 0) {
            throw new JqError("cannot divide by zero");
        }
        return LongNode.valueOf((long) left.doubleValue() % divisor);
    }

    /// Whole numbers stay exact beyond 2^53.
    private static boolean exact(JsonNode left, JsonNode right) {
        return left.isIntegralNumber() && right.isIntegralNumber();
    }

    private static JsonNode bool(boolean value) {
        return BooleanNode.valueOf(value);
    }

    private static JqError wrong(String verb, JsonNode left, JsonNode right) {
        return new JqError(
                "cannot " + verb + " " + Values.type(left) + " and " + Values.type(right));
    }
}
