package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Item.Sink;
import java.util.List;

/// Expressions that make new values: operators, lists, objects, texts.
final class Computation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Evaluator evaluator;
    private final Budget budget;

    Computation(Evaluator evaluator, Budget budget) {
        this.evaluator = evaluator;
        this.budget = budget;
    }

    void run(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.Binary(String operator, Expression left, Expression right) ->
                    evaluator.values(
                            right,
                            names,
                            in,
                            r ->
                                    evaluator.values(
                                            left,
                                            names,
                                            in,
                                            l ->
                                                    out.accept(
                                                            in.with(
                                                                    Operators.apply(
                                                                            operator, l.value(),
                                                                            r.value(), budget)))));
            case Expression.Negate(Expression operand) ->
                    evaluator.values(
                            operand,
                            names,
                            in,
                            each -> out.accept(in.with(Operators.negative(each.value()))));
            case Expression.ArrayOf(Expression items) -> {
                budget.build(0);
                out.accept(
                        in.with(
                                items == null
                                        ? NODES.arrayNode()
                                        : evaluator.collect(items, names, in)));
            }
            case Expression.ObjectOf(List<Expression.Field> fields) ->
                    built(fields, 0, NODES.objectNode(), names, in, out);
            case Expression.Joined(List<Expression> parts) ->
                    joined(parts, parts.size() - 1, "", names, in, out);
            default -> throw new AssertionError(expression);
        }
    }

    private void built(
            List<Expression.Field> fields,
            int index,
            ObjectNode so,
            Environment names,
            Item in,
            Sink out)
            throws JqError, RuleException {
        if (index == fields.size()) {
            out.accept(in.with(so));
            return;
        }
        Expression.Field field = fields.get(index);
        evaluator.values(
                field.key(),
                names,
                in,
                key -> {
                    if (!key.value().isTextual()) {
                        throw new JqError("object keys must be texts");
                    }
                    evaluator.values(
                            field.value(),
                            names,
                            in,
                            value -> {
                                budget.build(so.size() + 1L);
                                ObjectNode more = NODES.objectNode();
                                more.setAll(so);
                                more.set(key.value().textValue(), value.value());
                                built(fields, index + 1, more, names, in, out);
                            });
                });
    }

    private void joined(
            List<Expression> parts, int index, String after, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        if (index < 0) {
            out.accept(in.with(Values.text(after, budget)));
            return;
        }
        evaluator.values(
                parts.get(index),
                names,
                in,
                each -> {
                    String part = Functions.written(each.value(), budget);
                    budget.text(part.length() + (long) after.length());
                    joined(parts, index - 1, part + after, names, in, out);
                });
    }
}
