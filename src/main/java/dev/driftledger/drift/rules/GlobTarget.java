package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Objects by patterns of their names.
///
/// @param namespace null for any
/// @param name null for any
record GlobTarget(Glob group, Glob kind, @Nullable Glob namespace, @Nullable Glob name)
        implements Target {
    @Override
    public @Nullable String onlyKind() {
        String onlyGroup = group.literal();
        String only = kind.literal();
        return onlyGroup == null || only == null ? null : onlyGroup + "/" + only;
    }

    @Override
    public boolean matches(JsonNode desired, JsonNode live) {
        return group.matches(Kinds.group(live))
                && kind.matches(Kinds.kind(live))
                && (namespace == null || namespace.matches(Kinds.namespace(live)))
                && (name == null || name.matches(Kinds.name(live)));
    }
}
