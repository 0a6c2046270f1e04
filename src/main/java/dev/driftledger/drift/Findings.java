package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Takes what a [Walk] meets.
sealed interface Findings permits Judge, Probe {
    /// Whether nothing more needs to be looked at.
    boolean isDone();

    /// Both sides have the node and differ.
    void changed(Place at, JsonNode desired, JsonNode live, String rule);

    /// Only the desired side has it.
    void removed(Place at, JsonNode desired);

    /// Only the live side has it, and it is not the default, which is null when there is none.
    void extra(Place at, JsonNode live, @Nullable JsonNode standard);

    /// Only the live side has it, and it says no more than its absence would.
    void empty(Place at, JsonNode live);

    /// Written differently, means the same; `live` is null when it is left out.
    void equivalent(Place at, JsonNode desired, @Nullable JsonNode live, String rule);

    /// The object nests deeper than is looked at.
    void tooDeep(int depth);
}
