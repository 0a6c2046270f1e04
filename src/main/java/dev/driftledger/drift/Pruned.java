package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.Effect;
import dev.driftledger.drift.rules.PatchPointer;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.JqPath;
import java.util.ArrayList;
import java.util.List;

/// One side of a comparison, out of which rules take nodes one after the other.
final class Pruned {
    private final ObjectNode original;
    private final ObjectNode tree;
    private final Positions positions = new Positions();
    private final Shape shape;

    Pruned(ObjectNode original, Shape shape) {
        this.original = original;
        this.tree = original.deepCopy();
        this.shape = shape;
    }

    ObjectNode tree() {
        return tree;
    }

    Positions positions() {
        return positions;
    }

    /// Takes out what the effect selects, and says what that was, as [Difference#path()] spells it.
    ///
    /// @throws RuleException when the rule fails on this object; then nothing was taken out
    List<String> remove(Effect effect) throws RuleException {
        List<List<Object>> paths = new ArrayList<>();
        switch (effect) {
            case Effect.RemovePointer(PatchPointer pointer) -> {
                List<Object> path = pointer.find(tree);
                if (path != null) {
                    paths.add(path);
                }
            }
            case Effect.RemovePaths(JqPath expression) -> paths.addAll(expression.select(tree));
            case Effect.TrustManagers _, Effect.HideFields _, Effect.HideObject _ -> {}
        }
        for (List<Object> path : paths) {
            if (path.isEmpty()) {
                throw new RuleException("it selects the whole object, with which Argo CD fails");
            }
        }
        List<String> spelled = new ArrayList<>();
        for (List<Object> path : paths) {
            spelled.add(spelled(path));
        }
        paths.forEach(this::cut);
        return spelled;
    }

    private void cut(List<Object> path) {
        JsonNode node = tree;
        for (Object step : path.subList(0, path.size() - 1)) {
            node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
        }
        Object last = path.getLast();
        if (node instanceof ObjectNode object && last instanceof String name) {
            object.remove(name);
        } else if (node instanceof ArrayNode list
                && last instanceof Integer index
                && index < list.size()) {
            positions.remove(list, index);
            list.remove(index);
        }
    }

    /// The path in the words of the comparison, by the places that items had first.
    private String spelled(List<Object> path) {
        FieldPath spelling = FieldPath.ROOT;
        JsonNode now = tree;
        JsonNode then = original;
        Shape at = "metadata".equals(path.getFirst()) ? MetadataShape.SHAPE : shape;
        for (Object step : path) {
            if (step instanceof Integer index) {
                int first = positions.first(now, index);
                now = now.path(index);
                spelling = spelling.item(key(then, at, first), at);
                then = then.path(first);
                at = at.items();
            } else {
                String name = step.toString();
                now = now.path(name);
                then = then.path(name);
                spelling = spelling.field(name);
                at = at.field(name);
            }
        }
        return spelling.spelled();
    }

    private static String key(JsonNode list, Shape shape, int index) {
        return shape.form() == Shape.Form.ANY && !ListKeys.named(list)
                ? Integer.toString(index)
                : ListKeys.of(list.path(index), shape, index);
    }
}
