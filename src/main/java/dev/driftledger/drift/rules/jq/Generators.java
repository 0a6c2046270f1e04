package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Item.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Built-in functions that take expressions, or give any number of outputs.
final class Generators {
    static final Set<String> NAMES =
            Names.listed(
                    """
                    empty/0 error/0 error/1 select/1 recurse/0 recurse/1 recurse/2 first/0
                    last/0 first/1 last/1 nth/1 nth/2 limit/2 skip/2 until/2 while/2
                    repeat/1 range/1 range/2 range/3 isempty/1 any/0 any/1 any/2 all/0 all/1
                    all/2 map/1 add/1 path/1 paths/0 paths/1 getpath/1 del/1 to_entries/0
                    with_entries/1 sort_by/1 group_by/1 unique_by/1 min_by/1 max_by/1
                    arrays/0 objects/0 iterables/0 booleans/0 numbers/0 strings/0 nulls/0
                    values/0 scalars/0 IN/1 IN/2 in/1 inside/1
                    """);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Expression IDENTITY = new Expression.Identity();
    private static final Expression EACH = new Expression.Iterate(IDENTITY);

    private final Evaluator evaluator;
    private final Budget budget;
    private final PathFunctions pathFunctions;

    Generators(Evaluator evaluator, Budget budget) {
        this.evaluator = evaluator;
        this.budget = budget;
        this.pathFunctions = new PathFunctions(evaluator, budget);
    }

    void run(String name, List<Expression> arguments, Environment names, Item in, Sink out)
            throws JqError, RuleException {
        Call call = new Call(arguments, names, in, out);
        switch (name) {
            case "empty/0" -> {}
            case "error/0" -> throw new JqError(in.value());
            case "error/1" -> values(call, 0, each -> fail(each.value()));
            case "select/1" -> values(call, 0, each -> pass(Values.isTrue(each.value()), call));
            case "recurse/0" -> descend(in, call);
            case "recurse/1" -> recurse(in, call, arguments.get(0), null);
            case "recurse/2" -> recurse(in, call, arguments.get(0), arguments.get(1));
            case "first/0" -> out.accept(Access.at(in, LongNode.valueOf(0), budget));
            case "last/0" -> out.accept(Access.at(in, LongNode.valueOf(-1), budget));
            case "nth/1" ->
                    values(call, 0, each -> out.accept(Access.at(in, each.value(), budget)));
            case "first/1" -> cut(arguments.get(0), 0, 1, call);
            case "last/1" -> last(call);
            case "nth/2" -> values(call, 0, n -> cut(arguments.get(1), count(n.value()), 1, call));
            case "limit/2" ->
                    values(call, 0, n -> cut(arguments.get(1), 0, ceiling(n.value()), call));
            case "skip/2" ->
                    values(
                            call,
                            0,
                            n -> cut(arguments.get(1), count(n.value()), Long.MAX_VALUE, call));
            case "until/2" -> until(in, call);
            case "while/2" -> during(in, call);
            case "repeat/1" -> repeat(in, call);
            case "range/1", "range/2", "range/3" -> range(call);
            case "any/0", "any/1", "any/2", "all/0", "all/1", "all/2" -> quantified(name, call);
            case "isempty/1" -> out.accept(in.with(bool(isEmpty(arguments.get(0), call))));
            case "path/1", "paths/0", "paths/1", "getpath/1", "del/1" ->
                    pathFunctions.run(name, call);
            case "IN/1", "IN/2", "in/1", "inside/1" -> membership(name, call);
            default -> whole(name, call);
        }
    }

    /// One call of a function.
    record Call(List<Expression> arguments, Environment names, Item in, Sink out) {}

    private void values(Call call, int argument, Sink each) throws JqError, RuleException {
        evaluator.values(call.arguments().get(argument), call.names(), call.in(), each);
    }

    private static void fail(JsonNode value) throws JqError {
        throw new JqError(value);
    }

    private static void pass(boolean holds, Call call) throws JqError, RuleException {
        if (holds) {
            call.out().accept(call.in());
        }
    }

    private static long count(JsonNode number) throws JqError {
        if (!number.isNumber() || number.doubleValue() < 0) {
            throw new JqError("a count must be a number that is not negative");
        }
        return (long) number.doubleValue();
    }

    /// A part of an output is taken for a whole one.
    private static long ceiling(JsonNode number) throws JqError {
        count(number);
        return (long) Math.ceil(number.doubleValue());
    }

    private void descend(Item item, Call call) throws JqError, RuleException {
        budget.step();
        budget.enter();
        call.out().accept(item);
        if (item.value().isContainerNode()) {
            Access.each(item, budget, each -> descend(each, call));
        }
        budget.leave();
    }

    private void recurse(Item item, Call call, Expression inner, @Nullable Expression condition)
            throws JqError, RuleException {
        budget.step();
        budget.enter();
        call.out().accept(item);
        evaluator.run(
                inner,
                call.names(),
                item,
                each -> {
                    if (condition == null) {
                        recurse(each, call, inner, null);
                    } else {
                        evaluator.values(
                                condition,
                                call.names(),
                                each,
                                holds -> {
                                    if (Values.isTrue(holds.value())) {
                                        recurse(each, call, inner, condition);
                                    }
                                });
                    }
                });
        budget.leave();
    }

    /// The outputs of a generator without the first `skipped`, at most `taken` of them.
    private void cut(Expression source, long skipped, long taken, Call call)
            throws JqError, RuleException {
        if (taken == 0) {
            return;
        }
        long[] seen = {0};
        Object end = new Object();
        int depth = budget.depth();
        try {
            evaluator.run(
                    source,
                    call.names(),
                    call.in(),
                    each -> {
                        seen[0]++;
                        if (seen[0] > skipped) {
                            call.out().accept(each);
                        }
                        if (seen[0] - skipped >= taken) {
                            throw new Jump(end, null);
                        }
                    });
        } catch (Jump jump) {
            if (!jump.isFor(end)) {
                throw jump;
            }
            budget.back(depth);
        }
    }

    private void last(Call call) throws JqError, RuleException {
        @Nullable Item[] last = {null};
        evaluator.run(call.arguments().get(0), call.names(), call.in(), each -> last[0] = each);
        Item found = last[0];
        if (found != null) {
            call.out().accept(found);
        }
    }

    private boolean isEmpty(Expression source, Call call) throws JqError, RuleException {
        boolean[] found = {false};
        Sink note = _ -> found[0] = true;
        cut(source, 0, 1, new Call(List.of(), call.names(), call.in().untracked(), note));
        return !found[0];
    }

    private void until(Item item, Call call) throws JqError, RuleException {
        budget.enter();
        evaluator.values(
                call.arguments().get(0),
                call.names(),
                item,
                done -> {
                    if (Values.isTrue(done.value())) {
                        call.out().accept(item);
                    } else {
                        evaluator.run(
                                call.arguments().get(1),
                                call.names(),
                                item,
                                each -> until(each, call));
                    }
                });
        budget.leave();
    }

    private void during(Item item, Call call) throws JqError, RuleException {
        budget.enter();
        evaluator.values(
                call.arguments().get(0),
                call.names(),
                item,
                goes -> {
                    if (Values.isTrue(goes.value())) {
                        call.out().accept(item);
                        evaluator.run(
                                call.arguments().get(1),
                                call.names(),
                                item,
                                each -> during(each, call));
                    }
                });
        budget.leave();
    }

    private void repeat(Item item, Call call) throws JqError, RuleException {
        while (true) {
            budget.step();
            evaluator.run(call.arguments().get(0), call.names(), item, call.out());
        }
    }

    private void range(Call call) throws JqError, RuleException {
        int last = call.arguments().size() - 1;
        if (last == 0) {
            values(call, 0, end -> range(0, number(end), 1, call));
        } else {
            values(
                    call,
                    0,
                    start ->
                            values(
                                    call,
                                    1,
                                    end -> {
                                        if (last == 1) {
                                            range(number(start), number(end), 1, call);
                                        } else {
                                            values(
                                                    call,
                                                    2,
                                                    step ->
                                                            range(
                                                                    number(start),
                                                                    number(end),
                                                                    number(step),
                                                                    call));
                                        }
                                    }));
        }
    }

    private void range(double start, double end, double step, Call call)
            throws JqError, RuleException {
        for (double i = start; step > 0 ? i < end : step < 0 && i > end; i += step) {
            budget.step();
            call.out().accept(call.in().with(Values.number(i)));
        }
    }

    private static double number(Item item) throws JqError {
        if (!item.value().isNumber()) {
            throw new JqError("range needs numbers");
        }
        return item.value().doubleValue();
    }

    private void quantified(String name, Call call) throws JqError, RuleException {
        List<Expression> given = call.arguments();
        Expression source = given.size() == 2 ? given.get(0) : EACH;
        Expression holds = given.isEmpty() ? IDENTITY : given.getLast();
        boolean any = name.startsWith("any");
        Expression wanted =
                any
                        ? new Expression.Call("select", List.of(holds))
                        : new Expression.Call(
                                "select",
                                List.of(
                                        new Expression.Pipe(
                                                holds, new Expression.Call("not", List.of()))));
        boolean none = isEmpty(new Expression.Pipe(source, wanted), call);
        call.out().accept(call.in().with(bool(any != none)));
    }

    private void membership(String name, Call call) throws JqError, RuleException {
        switch (name) {
            case "in/1" -> values(call, 0, each -> give(call, "has/1", each.value()));
            case "inside/1" -> values(call, 0, each -> give(call, "contains/1", each.value()));
            default -> {
                boolean alone = name.equals("IN/1");
                boolean[] found = {false};
                Sink compare =
                        one ->
                                evaluator.values(
                                        call.arguments().getLast(),
                                        call.names(),
                                        call.in(),
                                        other ->
                                                found[0] |=
                                                        Values.compare(
                                                                        one.value(),
                                                                        other.value(),
                                                                        budget)
                                                                == 0);
                if (alone) {
                    compare.accept(call.in());
                } else {
                    values(call, 0, compare);
                }
                call.out().accept(call.in().with(bool(found[0])));
            }
        }
    }

    private void give(Call call, String function, JsonNode input) throws JqError, RuleException {
        JsonNode[] arguments = {call.in().value()};
        call.out().accept(call.in().with(Functions.apply(function, input, arguments, budget)));
    }

    /// Those that look at all of their input.
    private void whole(String name, Call call) throws JqError, RuleException {
        JsonNode value = call.in().value();
        switch (name) {
            case "map/1" -> {
                Expression mapped = new Expression.Pipe(EACH, call.arguments().get(0));
                ArrayNode all = evaluator.collect(mapped, call.names(), call.in());
                call.out().accept(call.in().with(all));
            }
            case "add/1" -> {
                ArrayNode all = evaluator.collect(call.arguments().get(0), call.names(), call.in());
                call.out().accept(call.in().with(Lists.sum(all, budget)));
            }
            case "to_entries/0" -> call.out().accept(call.in().with(entries(value)));
            case "with_entries/1" -> {
                Expression mapped = new Expression.Pipe(EACH, call.arguments().get(0));
                Item entries = Item.plain(entries(value));
                ArrayNode all = evaluator.collect(mapped, call.names(), entries);
                JsonNode back = Functions.apply("from_entries/0", all, new JsonNode[0], budget);
                call.out().accept(call.in().with(back));
            }
            case "sort_by/1", "group_by/1", "unique_by/1", "min_by/1", "max_by/1" ->
                    call.out().accept(call.in().with(keyed(name, call)));
            default -> pass(Values.isOf(name, value), call);
        }
    }

    private ArrayNode entries(JsonNode in) throws JqError, RuleException {
        ArrayNode entries = NODES.arrayNode();
        for (JsonNode key : Functions.keys(in, budget)) {
            budget.build(2);
            JsonNode value = key.isTextual() ? in.get(key.textValue()) : in.get(key.intValue());
            entries.addObject().set("key", key);
            ((ObjectNode) entries.get(entries.size() - 1)).set("value", value);
        }
        return entries;
    }

    private JsonNode keyed(String name, Call call) throws JqError, RuleException {
        JsonNode value = call.in().value();
        if (!value.isArray()) {
            throw new JqError(name + " needs a list, got " + Values.type(value));
        }
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode each : value) {
            ObjectNode row = NODES.objectNode();
            row.set(
                    "k",
                    evaluator.collect(call.arguments().get(0), call.names(), Item.plain(each)));
            row.set("v", each);
            budget.build(2);
            rows.add(row);
        }
        return Functions.keyed(name, rows, budget);
    }

    private static JsonNode bool(boolean value) {
        return BooleanNode.valueOf(value);
    }
}
