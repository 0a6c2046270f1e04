package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One row of recorder state to write. The recorder's whole state is a map from (part, key) to a
/// JSON value; loading all rows gives the same state again.
///
/// @param part which map, such as `resource`, `application`, `source`, `finding`
/// @param key within the part
/// @param value null when the row is to go
public record StateChange(String part, String key, @Nullable JsonNode value) {}
