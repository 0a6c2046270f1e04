package dev.driftledger.recorder;

import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Judgement;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.Whole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the ignore rules did at one resource.
///
/// @param hidden what each rule hides
/// @param failures rules that fail on this very object and so hide nothing of it
record Ruled(List<Hiding> hidden, List<RuleProblem> failures) {
    Ruled {
        hidden = List.copyOf(hidden);
        failures = List.copyOf(failures);
    }

    /// Null when no rule had anything to do with the verdict.
    static @Nullable Ruled of(Judgement judgement) {
        return judgement.hidings().isEmpty() && judgement.problems().isEmpty()
                ? null
                : new Ruled(
                        judgement.hidings().stream().map(Ruled::safe).toList(),
                        judgement.problems().stream()
                                .map(each ->
                                        new RuleProblem(
                                                SafeJson.text(each.rule()),
                                                SafeJson.text(each.message())))
                                .toList());
    }

    private static Hiding safe(Hiding hiding) {
        String reason = hiding.reason();
        return new Hiding(
                SafeJson.text(hiding.rule()),
                SafeJson.text(hiding.origin()),
                reason == null ? null : SafeJson.text(reason),
                hiding.fieldsCount(),
                hiding.digest(),
                hiding.everything(),
                hiding.whole());
    }

    /// Whether it is hidden that the resource is on one side only.
    boolean hidesWhole() {
        return hidden.stream().anyMatch(hiding -> hiding.whole() != null);
    }

    /// Whether the same rules do the same, to other values perhaps.
    static boolean alike(@Nullable Ruled one, @Nullable Ruled other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.failures.equals(other.failures) && one.rules().equals(other.rules());
    }

    private List<Deed> rules() {
        return hidden.stream()
                .map(each ->
                        new Deed(
                                each.rule(),
                                each.origin(),
                                each.reason(),
                                each.everything(),
                                each.whole()))
                .toList();
    }

    /// What a rule does, whatever the values are.
    private record Deed(
            String rule,
            String origin,
            @Nullable String reason,
            boolean everything,
            @Nullable Whole whole) {}

    /// Whether the rules' author should look at it.
    static boolean isTrouble(@Nullable Ruled ruled) {
        return ruled != null
                && (!ruled.failures.isEmpty()
                        || ruled.hidden.stream().anyMatch(Hiding::everything));
    }
}
