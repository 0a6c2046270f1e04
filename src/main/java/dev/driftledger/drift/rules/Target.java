package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Which objects a rule is about.
public sealed interface Target permits GlobTarget, FluxTarget, MarkTarget, OptionTarget {
    /// The only group and kind, joined by `/`, that it can match; null when there may be more.
    @Nullable String onlyKind();

    /// Whether it is about this object. Of an object that is on one side only, both are that side.
    ///
    /// @param desired as git has it
    /// @param live as the cluster has it
    boolean matches(JsonNode desired, JsonNode live);
}
