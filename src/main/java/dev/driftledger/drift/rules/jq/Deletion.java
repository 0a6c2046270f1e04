package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Taking several nodes out of a value at once.
final class Deletion {
    private Deletion() {}

    /// A copy without the nodes at these paths; null when one of them is the whole.
    static JsonNode of(JsonNode value, List<List<Object>> paths, Budget budget)
            throws JqError, RuleException {
        List<List<Object>> there = existing(value, paths, budget);
        if (there.stream().anyMatch(List::isEmpty)) {
            return NullNode.getInstance();
        }
        Functions.inspect(value, budget);
        budget.build(size(value));
        JsonNode copy = value.deepCopy();
        for (List<Object> path : there) {
            JsonNode around = at(copy, path.subList(0, path.size() - 1));
            if (around instanceof ArrayNode list && path.getLast() instanceof Integer index) {
                list.remove(index);
            } else if (around instanceof ObjectNode object) {
                object.remove(path.getLast().toString());
            }
        }
        return copy;
    }

    /// The paths that lead to something, each once, parts of lists as their items, indexes from
    /// the beginning; later items before earlier ones, inner nodes before outer ones.
    static List<List<Object>> existing(JsonNode value, List<List<Object>> paths, Budget budget)
            throws JqError, RuleException {
        Set<List<Object>> found = new HashSet<>();
        List<List<Object>> ordered = new ArrayList<>();
        for (List<Object> path : paths) {
            List<List<Object>> heads = new ArrayList<>();
            heads.add(List.of());
            for (Object step : withoutInnerRanges(path)) {
                List<List<Object>> next = new ArrayList<>();
                for (List<Object> head : heads) {
                    budget.build(head.size());
                    extend(at(value, head), head, step, next);
                }
                heads = next;
            }
            for (List<Object> each : heads) {
                if (found.add(each)) {
                    ordered.add(each);
                }
            }
        }
        ordered.sort(Deletion::compare);
        return ordered;
    }

    /// The same path where what stands inside of a part of a list is counted from the list's own
    /// beginning.
    private static List<Object> withoutInnerRanges(List<Object> path) {
        List<Object> plain = new ArrayList<>();
        for (Object step : path) {
            if (plain.isEmpty() || !(plain.getLast() instanceof Item.Range outer)) {
                plain.add(step);
            } else if (step instanceof Integer index) {
                int at = index < 0 ? outer.to() + index : outer.from() + index;
                boolean inside = at >= outer.from() && at < outer.to();
                plain.set(plain.size() - 1, inside ? at : Integer.MAX_VALUE);
            } else if (step instanceof Item.Range inner) {
                Item.Range both =
                        new Item.Range(outer.from() + inner.from(), outer.from() + inner.to());
                plain.set(plain.size() - 1, both);
            } else {
                plain.add(step);
            }
        }
        return plain;
    }

    private static void extend(
            JsonNode node, List<Object> head, Object step, List<List<Object>> next) {
        switch (step) {
            case Integer index -> {
                int at = index < 0 ? index + node.size() : index;
                if (node.isArray() && at >= 0 && at < node.size()) {
                    next.add(longer(head, at));
                }
            }
            case Item.Range(int from, int to) -> {
                for (int i = from; node.isArray() && i < Math.min(to, node.size()); i++) {
                    next.add(longer(head, i));
                }
            }
            default -> {
                if (node.isObject() && node.has(step.toString())) {
                    next.add(longer(head, step));
                }
            }
        }
    }

    private static List<Object> longer(List<Object> head, Object step) {
        List<Object> path = new ArrayList<>(head);
        path.add(step);
        return path;
    }

    private static JsonNode at(JsonNode value, List<Object> path) {
        JsonNode node = value;
        for (Object step : path) {
            node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
        }
        return node;
    }

    private static int size(JsonNode value) {
        int size = 1;
        for (JsonNode each : value) {
            size += size(each);
        }
        return size;
    }

    private static int compare(List<Object> one, List<Object> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order =
                    one.get(i) instanceof Integer a && other.get(i) instanceof Integer b
                            ? b.compareTo(a)
                            : other.get(i).toString().compareTo(one.get(i).toString());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(other.size(), one.size());
    }
}
