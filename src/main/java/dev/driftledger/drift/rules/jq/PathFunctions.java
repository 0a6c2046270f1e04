package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Item.Sink;
import java.util.ArrayList;
import java.util.List;

/// Functions that ask where values are: `path`, `paths`, `getpath`, `del`.
final class PathFunctions {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Evaluator evaluator;
    private final Budget budget;

    PathFunctions(Evaluator evaluator, Budget budget) {
        this.evaluator = evaluator;
        this.budget = budget;
    }

    void run(String name, Generators.Call call) throws JqError, RuleException {
        switch (name) {
            case "getpath/1" ->
                    evaluator.values(
                            call.arguments().get(0),
                            call.names(),
                            call.in(),
                            path -> call.out().accept(walked(path, call)));
            case "path/1" -> located(call.arguments().get(0), call, call.out());
            case "del/1" -> {
                List<List<Object>> found = new ArrayList<>();
                evaluator.run(
                        call.arguments().get(0),
                        call.names(),
                        Item.root(call.in().value()),
                        each -> {
                            budget.build(each.requireIntact().count());
                            found.add(each.requireIntact().list());
                        });
                call.out().accept(call.in().with(Deletion.of(call.in().value(), found, budget)));
            }
            default -> {
                Expression all = new Expression.Call("recurse", List.of());
                Expression wanted =
                        call.arguments().isEmpty()
                                ? all
                                : new Expression.Pipe(
                                        all, new Expression.Call("select", call.arguments()));
                Sink inner =
                        each -> {
                            if (!each.value().isEmpty()) {
                                call.out().accept(each);
                            }
                        };
                located(wanted, call, inner);
            }
        }
    }

    private void located(Expression expression, Generators.Call call, Sink out)
            throws JqError, RuleException {
        evaluator.run(
                expression,
                call.names(),
                Item.root(call.in().value()),
                each -> {
                    budget.build(each.requireIntact().count());
                    ArrayNode path = NODES.arrayNode();
                    for (Object step : each.requireIntact().list()) {
                        switch (step) {
                            case Integer index -> path.add(index);
                            case Item.Range(int from, int to) ->
                                    path.addObject().put("start", from).put("end", to);
                            default -> path.add(step.toString());
                        }
                    }
                    out.accept(call.in().with(path));
                });
    }

    private Item walked(Item path, Generators.Call call) throws JqError, RuleException {
        if (!path.value().isArray()) {
            throw new JqError("a path must be a list");
        }
        Item at = call.in();
        for (JsonNode step : path.value()) {
            budget.step();
            at = Access.at(at, step, budget);
        }
        return at;
    }
}
