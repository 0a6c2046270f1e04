package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Expression.Pattern;
import dev.driftledger.drift.rules.jq.Item.Sink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs an expression: each output is handed on as it comes, so that nothing is collected that is
/// not asked for. Nothing that is handed in is ever changed.
final class Evaluator {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Budget budget;
    private final Generators generators;

    Evaluator(Budget budget) {
        this.budget = budget;
        this.generators = new Generators(this, budget);
    }

    /// Gives all outputs of an expression for one input, in order.
    void run(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        budget.step();
        budget.enter();
        switch (expression) {
            case Expression.Identity _ -> out.accept(in);
            case Expression.Literal(JsonNode value) -> out.accept(in.with(value));
            case Expression.Pipe(Expression left, Expression right) ->
                    run(left, names, in, each -> run(right, names, each, out));
            case Expression.Comma(Expression left, Expression right) -> {
                run(left, names, in, out);
                run(right, names, in, out);
            }
            case Expression.Index _, Expression.Slice _, Expression.Iterate _ ->
                    access(expression, names, in, out);
            case Expression.Call(String name, List<Expression> arguments) ->
                    call(name, arguments, names, in, out);
            case Expression.Variable(String name) ->
                    out.accept(in.with((JsonNode) find("$" + name, names).meaning()));
            case Expression.Define define -> {
                Environment.Function function =
                        new Environment.Function(define.parameters(), define.body());
                String name = define.name() + "/" + define.parameters().size();
                run(define.rest(), names.with(name, function), in, out);
            }
            case Expression.If _, Expression.And _, Expression.Or _, Expression.Alternative _ ->
                    decide(expression, names, in, out);
            case Expression.Try _, Expression.Label _, Expression.Break _ ->
                    jump(expression, names, in, out);
            case Expression.Reduce _, Expression.Foreach _, Expression.Bind _ ->
                    loop(expression, names, in, out);
            case Expression.Binary _,
                    Expression.Negate _,
                    Expression.ArrayOf _,
                    Expression.ObjectOf _,
                    Expression.Joined _ ->
                    compute(expression, names, in, out);
        }
        budget.leave();
    }

    /// The outputs for a value, without their paths.
    void values(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        run(expression, names, in.untracked(), out);
    }

    /// All outputs as one list.
    ArrayNode collect(Expression expression, Environment names, Item in)
            throws JqError, RuleException {
        ArrayNode all = NODES.arrayNode();
        values(
                expression,
                names,
                in,
                each -> {
                    budget.build(1);
                    all.add(each.value());
                });
        return all;
    }

    private void access(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.Index(Expression target, Expression index) ->
                    values(
                            index,
                            names,
                            in,
                            key ->
                                    run(
                                            target,
                                            names,
                                            in,
                                            each -> out.accept(Access.at(each, key.value()))));
            case Expression.Slice(Expression target, var from, var to) ->
                    run(
                            target,
                            names,
                            in,
                            each ->
                                    bound(
                                            to,
                                            names,
                                            in,
                                            end ->
                                                    bound(
                                                            from,
                                                            names,
                                                            in,
                                                            start ->
                                                                    out.accept(
                                                                            Access.slice(
                                                                                    each,
                                                                                    start.value(),
                                                                                    end.value(),
                                                                                    budget)))));
            case Expression.Iterate(Expression target) ->
                    run(target, names, in, each -> Access.each(each, budget, out));
            default -> throw new AssertionError(expression);
        }
    }

    private void bound(@Nullable Expression bound, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        if (bound == null) {
            out.accept(Item.plain(NullNode.getInstance()));
        } else {
            values(bound, names, in, out);
        }
    }

    private void call(
            String name, List<Expression> arguments, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        String full = name + "/" + arguments.size();
        Environment found = names.find(full, budget);
        if (found == null) {
            if (Generators.NAMES.contains(full)) {
                generators.run(full, arguments, names, in, out);
            } else {
                applied(full, arguments, names, in, out);
            }
        } else if (found.meaning() instanceof Environment.Closure(var body, var outside)) {
            run(body, outside, in, out);
        } else if (found.meaning() instanceof Environment.Function function) {
            bind(function, 0, arguments, new Scopes(found, names), in, out);
        } else {
            throw new AssertionError(full);
        }
    }

    /// @param inside the names that the function's body gets
    /// @param outside the names that hold where it is called
    private record Scopes(Environment inside, Environment outside) {}

    /// Binds one argument after the other, once for each value of those that are values.
    private void bind(
            Environment.Function function,
            int index,
            List<Expression> arguments,
            Scopes scopes,
            Item in,
            Sink out)
            throws JqError, RuleException {
        if (index == arguments.size()) {
            run(function.body(), scopes.inside(), in, out);
            return;
        }
        String parameter = function.parameters().get(index);
        Expression argument = arguments.get(index);
        Environment.Closure closure = new Environment.Closure(argument, scopes.outside());
        if (!parameter.startsWith("$")) {
            Environment inside = scopes.inside().with(parameter + "/0", closure);
            Scopes next = new Scopes(inside, scopes.outside());
            bind(function, index + 1, arguments, next, in, out);
            return;
        }
        values(
                argument,
                scopes.outside(),
                in,
                value -> {
                    Environment.Closure constant =
                            new Environment.Closure(
                                    new Expression.Literal(value.value()), Environment.EMPTY);
                    Environment inside =
                            scopes.inside()
                                    .with(parameter, value.value())
                                    .with(parameter.substring(1) + "/0", constant);
                    Scopes next = new Scopes(inside, scopes.outside());
                    bind(function, index + 1, arguments, next, in, out);
                });
    }

    /// A function of values: every combination of its arguments' values, the last one outermost.
    private void applied(
            String name, List<Expression> arguments, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        combine(
                arguments,
                arguments.size() - 1,
                new JsonNode[arguments.size()],
                names,
                in,
                values ->
                        out.accept(
                                in.with(Functions.apply(name, in.value(), values, budget))));
    }

    private interface Combination {
        void accept(JsonNode[] values) throws JqError, RuleException;
    }

    private void combine(
            List<Expression> arguments,
            int index,
            JsonNode[] values,
            Environment names,
            Item in,
            Combination out)
            throws JqError, RuleException {
        if (index < 0) {
            out.accept(values);
            return;
        }
        values(
                arguments.get(index),
                names,
                in,
                each -> {
                    values[index] = each.value();
                    combine(arguments, index - 1, values, names, in, out);
                });
    }

    private void decide(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.If(Expression condition, Expression then, Expression otherwise) ->
                    values(
                            condition,
                            names,
                            in,
                            each ->
                                    run(
                                            Values.isTrue(each.value()) ? then : otherwise,
                                            names,
                                            in,
                                            out));
            case Expression.And(Expression left, Expression right) ->
                    logic(left, right, false, names, in, out);
            case Expression.Or(Expression left, Expression right) ->
                    logic(left, right, true, names, in, out);
            case Expression.Alternative(Expression left, Expression right) -> {
                boolean[] found = {false};
                Sink truths =
                        each -> {
                            if (Values.isTrue(each.value())) {
                                found[0] = true;
                                out.accept(each);
                            }
                        };
                attempt(left, names, in, truths, _ -> {});
                if (!found[0]) {
                    run(right, names, in, out);
                }
            }
            default -> throw new AssertionError(expression);
        }
    }

    /// `left` decides alone where it is `decisive`.
    private void logic(
            Expression left,
            Expression right,
            boolean decisive,
            Environment names,
            Item in,
            Sink out)
            throws JqError, RuleException {
        values(
                left,
                names,
                in,
                each -> {
                    if (Values.isTrue(each.value()) == decisive) {
                        out.accept(in.with(BooleanNode.valueOf(decisive)));
                    } else {
                        values(
                                right,
                                names,
                                in,
                                other ->
                                        out.accept(
                                                in.with(
                                                        BooleanNode.valueOf(
                                                                Values.isTrue(other.value())))));
                    }
                });
    }

    private interface Handler {
        void accept(JqError error) throws JqError, RuleException;
    }

    /// Runs it and hands its own error to the handler; errors that come later in the pipe go on.
    private void attempt(
            Expression body, Environment names, Item in, Sink out, Handler handler)
            throws JqError, RuleException {
        Object own = new Object();
        int depth = budget.depth();
        try {
            run(
                    body,
                    names,
                    in,
                    each -> {
                        try {
                            out.accept(each);
                        } catch (JqError e) {
                            throw new Jump(own, e);
                        }
                    });
        } catch (JqError e) {
            budget.back(depth);
            handler.accept(e);
        } catch (Jump jump) {
            JqError later = jump.error();
            if (later == null || !jump.isFor(own)) {
                throw jump;
            }
            throw later;
        }
    }

    private void jump(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.Try(Expression body, var handler) ->
                    attempt(
                            body,
                            names,
                            in,
                            out,
                            error -> {
                                if (handler != null) {
                                    run(handler, names, in.with(error.value()), out);
                                }
                            });
            case Expression.Label(String name, Expression body) -> {
                Object label = new Object();
                int depth = budget.depth();
                try {
                    run(body, names.with("*" + name, label), in, out);
                } catch (Jump jump) {
                    if (!jump.isFor(label)) {
                        throw jump;
                    }
                    budget.back(depth);
                }
            }
            case Expression.Break(String name) ->
                    throw new Jump(find("*" + name, names).meaning(), null);
            default -> throw new AssertionError(expression);
        }
    }

    private void loop(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.Bind(Expression source, Pattern pattern, Expression body) ->
                    values(
                            source,
                            names,
                            in,
                            each ->
                                    destructure(
                                            pattern,
                                            each.value(),
                                            names,
                                            in,
                                            inside -> run(body, inside, in, out)));
            case Expression.Reduce reduce ->
                    run(
                            reduce.start(),
                            names,
                            in,
                            start -> {
                                Item[] state = {start};
                                each(reduce, names, in, state, (_, _) -> {});
                                out.accept(state[0]);
                            });
            case Expression.Foreach(Expression.Reduce loop, Expression extract) ->
                    run(
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
                                        (inside, item) -> run(extract, inside, item, out));
                            });
            default -> throw new AssertionError(expression);
        }
    }

    private interface Turn {
        void accept(Environment inside, Item state) throws JqError, RuleException;
    }

    private void each(
            Expression.Reduce loop, Environment names, Item in, Item[] state, Turn turn)
            throws JqError, RuleException {
        values(
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
                                    Item before = state[0];
                                    state[0] = before.with(NullNode.getInstance());
                                    run(
                                            loop.update(),
                                            inside,
                                            before,
                                            next -> {
                                                state[0] = next;
                                                turn.accept(inside, next);
                                            });
                                }));
    }

    private interface Bound {
        void accept(Environment inside) throws JqError, RuleException;
    }

    private void destructure(
            Pattern pattern, JsonNode value, Environment names, Item in, Bound out)
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
        JsonNode part = Access.at(Item.plain(value), NODES.numberNode(index)).value();
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
        values(
                field.key(),
                names,
                in,
                key -> {
                    JsonNode part = Access.at(Item.plain(value), key.value()).value();
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

    private void compute(Expression expression, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        switch (expression) {
            case Expression.Binary(String operator, Expression left, Expression right) ->
                    values(
                            right,
                            names,
                            in,
                            r ->
                                    values(
                                            left,
                                            names,
                                            in,
                                            l ->
                                                    out.accept(
                                                            in.with(
                                                                    Operators.apply(
                                                                            operator,
                                                                            l.value(),
                                                                            r.value(),
                                                                            budget)))));
            case Expression.Negate(Expression operand) ->
                    values(
                            operand,
                            names,
                            in,
                            each -> out.accept(in.with(Operators.negative(each.value()))));
            case Expression.ArrayOf(var items) -> {
                budget.build(0);
                out.accept(
                        in.with(items == null ? NODES.arrayNode() : collect(items, names, in)));
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
        values(
                field.key(),
                names,
                in,
                key -> {
                    if (!key.value().isTextual()) {
                        throw new JqError("object keys must be texts");
                    }
                    values(
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
            List<Expression> parts,
            int index,
            String after,
            Environment names,
            Item in,
            Sink out)
            throws JqError, RuleException {
        if (index < 0) {
            out.accept(in.with(Values.text(after, budget)));
            return;
        }
        values(
                parts.get(index),
                names,
                in,
                each -> {
                    String part = Functions.written(each.value(), budget);
                    budget.text(part.length() + (long) after.length());
                    joined(parts, index - 1, part + after, names, in, out);
                });
    }

    private Environment find(String name, Environment names) throws RuleException {
        Environment found = names.find(name, budget);
        if (found == null) {
            throw new AssertionError(name);
        }
        return found;
    }
}
