package dev.driftledger.cli;

import dev.driftledger.ledger.VerificationReport.Outcome;
import dev.driftledger.ledger.VerificationReport.Step;
import dev.driftledger.recorder.Recompute;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sums up verdicts that were computed again as one step of a report.
final class VerdictSteps {
    private static final int SHOWN_MAX = 5;

    private VerdictSteps() {}

    static Step of(LogWalker log) {
        List<Recompute.Outcome> outcomes = Recompute.check(log, log::blob);
        Map<Recompute.Result, Integer> counts = new EnumMap<>(Recompute.Result.class);
        Map<String, Integer> reasons = new TreeMap<>();
        StringBuilder failures = new StringBuilder();
        for (Recompute.Outcome outcome : outcomes) {
            int count = counts.merge(outcome.result(), 1, Integer::sum);
            if (outcome.result() == Recompute.Result.NOT_CHECKED) {
                reasons.merge(outcome.detail(), 1, Integer::sum);
            }
            if (outcome.result() == Recompute.Result.FAIL && count <= SHOWN_MAX) {
                failures.append("; entry ")
                        .append(outcome.entry())
                        .append(' ')
                        .append(outcome.subject())
                        .append(": ")
                        .append(outcome.detail());
            }
        }
        int failed = counts.getOrDefault(Recompute.Result.FAIL, 0);
        int passed = counts.getOrDefault(Recompute.Result.PASS, 0);
        String detail =
                passed + " verdicts computed again are the same, " + failed + " differ" + failures;
        if (!reasons.isEmpty()) {
            detail +=
                    "; not checked: "
                            + reasons.entrySet().stream()
                                    .map(each -> each.getValue() + " (" + each.getKey() + ")")
                                    .collect(Collectors.joining(", "));
        }
        Outcome outcome =
                failed > 0 ? Outcome.FAIL : passed > 0 ? Outcome.PASS : Outcome.NOT_CHECKED;
        return new Step("verdicts", outcome, detail);
    }
}
