package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the items of lists stood before rules took some out, so that what remains is still named
/// by the place that it has in the object.
final class Positions {
    /// Nothing was taken out anywhere.
    static final Positions UNMOVED = new Positions();

    private final IdentityHashMap<JsonNode, List<Integer>> lists = new IdentityHashMap<>();

    /// The place at which an item of this very list stood first.
    int first(JsonNode list, int index) {
        List<Integer> moved = lists.get(list);
        return moved == null ? index : moved.get(index);
    }

    /// To be called before the item is removed.
    void remove(JsonNode list, int index) {
        List<Integer> moved = lists.computeIfAbsent(list, Positions::all);
        moved.subList(index, index + 1).clear();
    }

    /// What both know; where both know a list, the other one's word counts.
    Positions and(@Nullable Positions other) {
        Positions both = new Positions();
        both.lists.putAll(lists);
        if (other != null) {
            both.lists.putAll(other.lists);
        }
        return both;
    }

    private static List<Integer> all(JsonNode list) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            indexes.add(i);
        }
        return indexes;
    }
}
