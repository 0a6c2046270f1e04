package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Item.Sink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs an expression: each output is handed on as it comes, so that nothing is collected that is
/// not asked for. Nothing that is handed in is ever changed.
final class Evaluator {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Budget budget;
    private final Generators generators;
    private final Loops loops;
    private final Computation computation;

    Evaluator(Budget budget) {
        this.budget = budget;
        this.generators = new Generators(this, budget);
        this.loops = new Loops(this, budget);
        this.computation = new Computation(this, budget);
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
                    loops.run(expression, names, in, out);
            case Expression.Binary _,
                    Expression.Negate _,
                    Expression.ArrayOf _,
                    Expression.ObjectOf _,
                    Expression.Joined _ ->
                    computation.run(expression, names, in, out);
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
                                            each ->
                                                    out.accept(
                                                            Access.at(each, key.value(), budget))));
            case Expression.Slice(Expression target, Expression from, Expression to) ->
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

    private void call(String name, List<Expression> arguments, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        String full = name + "/" + arguments.size();
        Environment found = names.find(full, budget);
        if (found == null) {
            if (Generators.NAMES.contains(full)) {
                generators.run(full, arguments, names, in, out);
            } else {
                applied(full, arguments, names, in, out);
            }
        } else if (found.meaning()
                instanceof Environment.Closure(Expression body, Environment outside)) {
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
                values -> out.accept(in.with(Functions.apply(name, in.value(), values, budget))));
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
                run(left, names, in, truths);
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
    private void attempt(Expression body, Environment names, Item in, Sink out, Handler handler)
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
            case Expression.Try(Expression body, Expression handler) ->
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

    private Environment find(String name, Environment names) throws RuleException {
        Environment found = names.find(name, budget);
        if (found == null) {
            throw new AssertionError(name);
        }
        return found;
    }
}
