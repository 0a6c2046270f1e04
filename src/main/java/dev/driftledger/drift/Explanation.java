package dev.driftledger.drift;

import java.util.List;

/// A verdict and every rule that fired on the way to it.
///
/// @param verdict the same that [Comparator#compare(Comparison)] gives
/// @param steps in the order in which the rules fired; at most [#STEPS_MAX] and one that says how
///     many were left out
public record Explanation(Verdict verdict, List<Step> steps) {
    /// How many steps are kept.
    public static final int STEPS_MAX = 50_000;

    public Explanation {
        steps = List.copyOf(steps);
    }

    /// Compares and says why; deterministic, and as little able to throw as the comparison.
    public static Explanation of(Comparison comparison) {
        Narrative narrative = new Narrative();
        Judgement judgement = Comparator.judge(comparison, narrative);
        return new Explanation(judgement.verdict(), narrative.steps());
    }
}
