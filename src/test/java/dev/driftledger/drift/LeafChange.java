package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Changes one scalar of a live object that its manifest names too.
final class LeafChange {
    private record Leaf(ObjectNode parent, String field, String pointer) {}

    private LeafChange() {}

    /// The JSON pointer of what was changed; null when there is nothing to change.
    static @Nullable String change(JsonNode desired, ObjectNode live, Random random) {
        List<Leaf> leaves = new ArrayList<>();
        for (String root : List.of("spec", "data", "webhooks", "roleRef", "template", "value")) {
            collect(desired, live, root, "", leaves);
        }
        if (leaves.isEmpty()) {
            return null;
        }
        Leaf leaf = leaves.get(random.nextInt(leaves.size()));
        JsonNode old = leaf.parent().get(leaf.field());
        if (old.isBoolean()) {
            leaf.parent().put(leaf.field(), !old.asBoolean());
        } else if (old.isNumber()) {
            leaf.parent().put(leaf.field(), old.asLong() + 1 + random.nextInt(9));
        } else {
            leaf.parent().put(leaf.field(), old.asText() + "x" + random.nextInt(9));
        }
        return leaf.pointer() + " was " + old;
    }

    private static void collect(
            JsonNode desired, JsonNode live, String field, String pointer, List<Leaf> leaves) {
        JsonNode wanted = desired.path(field);
        JsonNode found = live.path(field);
        String here = pointer + "/" + field;
        if (wanted.isObject() && found.isObject()) {
            wanted.fieldNames().forEachRemaining(n -> collect(wanted, found, n, here, leaves));
        } else if (wanted instanceof ArrayNode items && found.size() == items.size()) {
            for (int i = 0; i < items.size(); i++) {
                JsonNode item = items.get(i);
                JsonNode other = found.get(i);
                String at = here + "/" + i;
                item.fieldNames().forEachRemaining(n -> collect(item, other, n, at, leaves));
            }
        } else if (wanted.isValueNode()
                && !wanted.asText().isEmpty()
                && found.isValueNode()
                && !found.isNull()
                && live instanceof ObjectNode parent) {
            leaves.add(new Leaf(parent, field, here));
        }
    }
}
