package dev.driftledger.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Verdict;
import dev.driftledger.model.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a comparison of files comes down to.
///
/// @param counts by verdict as it is written, only those that occur
/// @param differencesCount fields that count
/// @param othersCount live objects that nobody names and nobody needs to name
/// @param exitCode 0 in sync, 1 drift, 2 something could not be read or judged
record ComparisonSummary(
        Map<String, Integer> counts, int differencesCount, long othersCount, int exitCode) {
    static final int DRIFT = 1;
    static final int ERROR = 2;

    static ComparisonSummary of(FileComparison comparison, List<FileComparison.Row> rows) {
        Map<String, Integer> counts = new TreeMap<>();
        int differences = 0;
        for (FileComparison.Row row : rows) {
            counts.merge(row.verdict().label(), 1, Integer::sum);
            differences +=
                    row.verdict() instanceof Verdict.Drifted drifted
                            ? drifted.differences().size()
                            : 0;
        }
        boolean unknown = rows.stream().anyMatch(FileComparison.Row::isUnknown);
        boolean drift = rows.stream().anyMatch(FileComparison.Row::counts);
        int code = unknown || !comparison.flaws().isEmpty() ? ERROR : drift ? DRIFT : 0;
        return new ComparisonSummary(counts, differences, comparison.othersCount(), code);
    }

    /// As it is written: `in-sync`, `drift` or `error`.
    String result() {
        return switch (exitCode) {
            case 0 -> "in-sync";
            case DRIFT -> "drift";
            default -> "error";
        };
    }

    ObjectNode json() {
        ObjectNode node = Json.shared().createObjectNode();
        counts.forEach(node::put);
        return node.put("differences", differencesCount).put("others", othersCount);
    }

    /// `12 in-sync, 2 drifted with 3 differences, 1 missing`.
    String words() {
        StringBuilder words = new StringBuilder();
        counts.forEach((verdict, count) -> {
            words.append(words.isEmpty() ? "" : ", ").append(count).append(' ');
            words.append(verdict);
            if (verdict.equals("drifted")) {
                words.append(" in ").append(differencesCount);
                words.append(differencesCount == 1 ? " field" : " fields");
            }
        });
        if (othersCount > 0) {
            words.append(words.isEmpty() ? "" : "; ").append(othersCount);
            words.append(" live objects that nobody needs to name left out");
        }
        return words.isEmpty() ? "no objects" : words.toString();
    }
}
