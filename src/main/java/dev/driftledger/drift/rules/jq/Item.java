package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value on its way through an expression, with where it was found when paths are asked for.
///
/// @param steps from the root, last one first; null when no paths are asked for
/// @param found the value that is there; `value` is another one after something was computed
record Item(JsonNode value, @Nullable Steps steps, @Nullable JsonNode found) {
    /// Takes what an expression gives.
    interface Sink {
        void accept(Item item) throws JqError, RuleException;
    }

    /// A chain of steps; a step is a [String], an [Integer] or a [Range].
    record Steps(@Nullable Steps before, @Nullable Object last, int count) {
        static final Steps NONE = new Steps(null, null, 0);

        Steps then(Object step) {
            return new Steps(this, step, count + 1);
        }

        /// The steps, first one first.
        List<Object> list() {
            List<Object> all = new ArrayList<>();
            for (Steps at = this; at.last != null && at.before != null; at = at.before) {
                all.addFirst(at.last);
            }
            return all;
        }
    }

    /// A part of a list, `from` up to but without `to`.
    record Range(int from, int to) {}

    static Item plain(JsonNode value) {
        return new Item(value, null, null);
    }

    static Item root(JsonNode value) {
        return new Item(value, Steps.NONE, value);
    }

    /// Another value that was computed here.
    Item with(JsonNode computed) {
        return new Item(computed, steps, found);
    }

    /// The value without its path.
    Item untracked() {
        return steps == null ? this : plain(value);
    }

    /// A value that was found inside of this one.
    Item inner(Object step, JsonNode part) throws JqError {
        if (steps == null) {
            return plain(part);
        }
        return new Item(part, requireIntact().then(step), part);
    }

    /// @throws JqError when the value is not the one that is there
    Steps requireIntact() throws JqError {
        if (steps == null || !is(value, found)) {
            throw new JqError("invalid path: a computed value has no place in the object");
        }
        return steps;
    }

    /// The very same node, or an equal text: anything else that was computed has no place.
    @SuppressWarnings("ReferenceEquality")
    private static boolean is(JsonNode one, @Nullable JsonNode other) {
        return one == other || (one.isTextual() && one.equals(other));
    }
}
