package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Hears of every rule that fires. Nothing is said unless a [Narrative] listens: all arguments are
/// there anyway, so that hearing costs nothing.
sealed interface Trace permits Silence, Narrative {
    /// Both sides and what is known beforehand.
    default void begun(Comparison comparison) {}

    /// The schema by which the object is compared; `shape` is null when there is none.
    default void schema(Comparison comparison, Verdict.Certainty certainty) {}

    /// A part of the object that is not compared, and why.
    default void passedOver(String part, String why) {}

    /// Both sides have the same value.
    default void same(Place at, JsonNode desired, JsonNode live) {}

    /// Only the cluster has the value, and it is part of what git implies by leaving out more.
    default void implied(Place at, JsonNode live) {}

    /// Different versions: a field that only one side has says nothing.
    default void skewed(Place at) {}

    /// Only one side has the value, and it is the default on the other.
    default void defaulted(Place at, @Nullable JsonNode desired, @Nullable JsonNode live) {}

    /// Only one side has the value, and it says no more than its absence.
    default void empty(Place at, JsonNode value) {}

    /// How the items of a list were paired.
    default void paired(Place at, JsonNode desired, JsonNode live, String how) {}

    /// Who owns a path; null when nobody does.
    default void owned(String path, FieldOwners.@Nullable Entry entry, Applier applier) {}

    /// Why a value that differs is what it is.
    default void reason(String path, Step.Stage stage, String rule, String words) {}

    /// The difference that was decided on.
    default void judged(Difference difference, Severities.Row severity) {}

    /// The answer, and what the ignore rules had to do with it.
    default void ended(Judgement judgement) {}
}
