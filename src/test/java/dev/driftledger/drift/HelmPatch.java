package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a three-way merge finds to send when nothing was taken out of the chart: every field that
/// the chart names and that the live object spells otherwise.
final class HelmPatch {
    /// Lists that a strategic merge patch merges by the name of their items.
    private static final Set<String> NAMED =
            Set.of("containers", "initContainers", "env", "volumes", "webhooks");

    private final boolean strategic;

    /// @param strategic false for a JSON merge patch, in which a list is always whole
    HelmPatch(boolean strategic) {
        this.strategic = strategic;
    }

    /// An empty object when nothing is to be sent.
    ObjectNode between(ObjectNode live, ObjectNode target) {
        ObjectNode patch = target.objectNode();
        for (Map.Entry<String, JsonNode> each : target.properties()) {
            JsonNode sent = value(each.getKey(), live.get(each.getKey()), each.getValue());
            if (sent != null) {
                patch.set(each.getKey(), sent);
            }
        }
        return patch;
    }

    private @Nullable JsonNode value(String field, @Nullable JsonNode live, JsonNode target) {
        if (live instanceof ObjectNode there && target instanceof ObjectNode wanted) {
            ObjectNode inner = between(there, wanted);
            return inner.isEmpty() ? null : inner;
        }
        if (live instanceof ArrayNode there && target instanceof ArrayNode wanted) {
            return says(there, wanted) ? null : list(field, there, wanted);
        }
        boolean nothing = live == null && (target.isNull() || target.isEmpty());
        return target.equals(live) || (nothing && target.isContainerNode()) ? null : target;
    }

    /// Lists of named items are merged by name; others are sent whole.
    private JsonNode list(String field, ArrayNode live, ArrayNode target) {
        if (!strategic || !NAMED.contains(field)) {
            return target;
        }
        Map<String, ObjectNode> byName = new HashMap<>();
        live.forEach(item -> byName.put(item.path("name").asText(), (ObjectNode) item));
        ArrayNode patch = target.arrayNode();
        for (JsonNode item : target) {
            ObjectNode there = byName.get(item.path("name").asText());
            JsonNode sent = there == null ? item : value("", there, item);
            if (sent instanceof ObjectNode changed) {
                patch.add(changed.set("name", item.get("name")));
            }
        }
        return patch;
    }

    /// Whether every item of the target is there already, spelled the same.
    private boolean says(ArrayNode live, ArrayNode target) {
        if (live.size() != target.size()) {
            return false;
        }
        for (int i = 0; i < live.size(); i++) {
            if (value("", live.get(i), target.get(i)) != null) {
                return false;
            }
        }
        return true;
    }
}
