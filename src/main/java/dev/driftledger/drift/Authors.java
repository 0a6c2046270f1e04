package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Who wrote the values that stand in an object, as its history tells.
///
/// The last entry of `managedFields` that owns a value need not have written it: who sends a map or
/// list that is one value, or all of an object, comes to own what somebody else put there. What was
/// seen when the value came is the better witness.
@FunctionalInterface
public interface Authors {
    /// Nothing is known but the final state.
    Authors UNKNOWN = (_, _) -> null;

    /// Who wrote the value that stands at a path; null when the history does not tell, as when it
    /// knows another value there.
    ///
    /// @param path as in [Difference#path()]
    @Nullable Owner of(String path, JsonNode live);
}
