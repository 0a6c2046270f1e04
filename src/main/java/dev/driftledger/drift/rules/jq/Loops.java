package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Expression.Pattern;
import dev.driftledger.drift.rules.jq.Item.Sink;
import java.util.List;

/// `reduce`, `foreach` and `as`, and how values are taken apart for them.
final class Loops {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Evaluator evaluator;
    private final Budget budget;

    Loops(Evaluator evaluator, Budget budget) {
        this.evaluator = evaluator;
        this.budget = budget;
    }

    void run(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.Bind(Expression source, Pattern pattern, Expression body) ->
                    evaluator.values(
                            source,
                            names,
                            in,
                            each ->
                                    destructure(
                                            pattern,
                                            each.value(),
                                            names,
                                            in,
                                            inside -> evaluator.run(body, inside, in, out)));
            case Expression.Reduce reduce ->
                    evaluator.run(
                            reduce.start(),
                            names,
                            in,
                            start -> {
                                Item[] state = {start};
                                each(reduce, names, in, state, (_, _) -> {});
                                out.accept(state[0]);
                            });
            case Expression.Foreach(Expression.Reduce loop, Expression extract) ->
                    evaluator.run(
                            loop.start(),
                            names,
                            in,
                            start -> {
                                Item[] state = {start};
                                each(
                                        loop,
                                        names,
                                        in,
                                        state,
                                        (inside, item) ->
                                                evaluator.run(extract, inside, item, out));
                            });
            default -> throw new AssertionError(expression);
        }
    }

    private interface Turn {
        void accept(Environment inside, Item state) throws JqError, RuleException;
    }

    private void each(Expression.Reduce loop, Environment names, Item in, Item[] state, Turn turn)
            throws JqError, RuleException {
        evaluator.values(
                loop.source(),
                names,
                in,
                value ->
                        destructure(
                                loop.pattern(),
                                value.value(),
                                names,
                                in,
                                inside -> {
                                    evaluator.run(
                                            loop.update(),
                                            inside,
                                            state[0],
                                            next -> {
                                                state[0] = next;
                                                turn.accept(inside, next);
                                            });
                                }));
    }

    private interface Bound {
        void accept(Environment inside) throws JqError, RuleException;
    }

    private void destructure(Pattern pattern, JsonNode value, Environment names, Item in, Bound out)
            throws JqError, RuleException {
        budget.step();
        switch (pattern) {
            case Pattern.Name(String name) -> out.accept(names.with("$" + name, value));
            case Pattern.Items(List<Pattern> items) -> items(items, 0, value, names, in, out);
            case Pattern.Fields(List<Expression.FieldPattern> fields) ->
                    fields(fields, 0, value, names, in, out);
        }
    }

    private void items(
            List<Pattern> items, int index, JsonNode value, Environment names, Item in, Bound out)
            throws JqError, RuleException {
        if (index == items.size()) {
            out.accept(names);
            return;
        }
        JsonNode part = Access.at(Item.plain(value), NODES.numberNode(index), budget).value();
        destructure(
                items.get(index),
                part,
                names,
                in,
                inside -> items(items, index + 1, value, inside, in, out));
    }

    private void fields(
            List<Expression.FieldPattern> fields,
            int index,
            JsonNode value,
            Environment names,
            Item in,
            Bound out)
            throws JqError, RuleException {
        if (index == fields.size()) {
            out.accept(names);
            return;
        }
        Expression.FieldPattern field = fields.get(index);
        evaluator.values(
                field.key(),
                names,
                in,
                key -> {
                    JsonNode part = Access.at(Item.plain(value), key.value(), budget).value();
                    Environment inside =
                            field.variable() == null
                                    ? names
                                    : names.with("$" + field.variable(), part);
                    Bound next = deeper -> fields(fields, index + 1, value, deeper, in, out);
                    if (field.inner() == null) {
                        next.accept(inside);
                    } else {
                        destructure(field.inner(), part, inside, in, next);
                    }
                });
    }
}
