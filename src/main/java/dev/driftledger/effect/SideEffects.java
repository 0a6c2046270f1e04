package dev.driftledger.effect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads side effects out of live objects.
public final class SideEffects {
    private SideEffects() {}

    /// The side effects of a live object, sorted by path; empty when it has none.
    public static List<SideEffect> of(ObjectNode live) {
        return List.of();
    }

    /// What appeared, changed and went between two observations of one object, sorted by path.
    ///
    /// @param before null when the object was not there
    /// @param after null when the object is gone
    public static List<SideEffectChange> changes(
            @Nullable ObjectNode before, @Nullable ObjectNode after) {
        return List.of();
    }
}
