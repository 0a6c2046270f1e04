package dev.driftledger.effect;

import dev.driftledger.model.Labelled;
import org.jspecify.annotations.Nullable;

/// A side effect that appeared, changed or went.
///
/// @param before the old value; null when it appeared
/// @param after the new value; null when it went
public record SideEffectChange(
        SideEffect.Type type,
        String path,
        Change change,
        @Nullable String before,
        @Nullable String after) {
    /// What happened to a side effect.
    public enum Change implements Labelled {
        APPEARED,
        CHANGED,
        GONE
    }
}
