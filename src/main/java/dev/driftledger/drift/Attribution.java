package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Names who wrote a field, best evidence first.
public final class Attribution {
    private Attribution() {}

    /// @param previous the observation just before; null when there was none
    /// @param live the observation in which the field has its value
    /// @param path as in [Difference#path()]
    public static Owner of(
            @Nullable ObjectNode previous, ObjectNode live, String path, ManagerTable managers) {
        return Owner.UNKNOWN;
    }
}
