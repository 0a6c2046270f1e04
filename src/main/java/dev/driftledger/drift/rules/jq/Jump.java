package dev.driftledger.drift.rules.jq;

import org.jspecify.annotations.Nullable;

/// Leaves expressions up to the one that is waiting for it: a `break`, or an error that a `try` on
/// the way must not catch because it came later in the pipe.
final class Jump extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Object target;
    private final transient @Nullable JqError error;

    Jump(Object target, @Nullable JqError error) {
        super(null, null, false, false);
        this.target = target;
        this.error = error;
    }

    /// Whether it is this one's.
    @SuppressWarnings("ReferenceEquality")
    boolean isFor(Object waiting) {
        return target == waiting;
    }

    /// The error that goes on; null for a `break`.
    @Nullable JqError error() {
        return error;
    }
}
