package dev.driftledger.effect;

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
    public enum Change {
        APPEARED,
        CHANGED,
        GONE;

        /// As it is written in entries and events: `appeared`.
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
