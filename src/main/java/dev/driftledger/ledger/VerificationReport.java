package dev.driftledger.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a verification found, step by step.
///
/// @param checkpoint what the log claims to be; null when it could not be read. It is only worth
///     something when nothing failed
/// @param steps in the order in which a reader should look at them
public record VerificationReport(@Nullable Checkpoint checkpoint, List<Step> steps) {
    public VerificationReport {
        steps = List.copyOf(steps);
    }

    /// Whether any step failed.
    public boolean failed() {
        return steps.stream().anyMatch(step -> step.outcome() == Outcome.FAIL);
    }

    /// One thing that was looked at.
    ///
    /// @param detail how much was looked at, or why it failed or was not checked
    public record Step(String name, Outcome outcome, String detail) {}

    /// How a step ended.
    public enum Outcome {
        /// All of it holds.
        PASS,
        /// Some of it does not hold.
        FAIL,
        /// Nothing speaks against it, and some of it could not be looked at.
        NOT_CHECKED
    }
}
