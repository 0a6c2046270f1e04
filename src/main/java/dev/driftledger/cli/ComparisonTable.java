package dev.driftledger.cli;

import dev.driftledger.desired.LocalManifests.Flaw;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Verdict;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.Whole;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A comparison of files for people: a line for each resource, and a table of what differs in it.
final class ComparisonTable {
    private static final int VALUE_MAX = 40;
    private static final int PATH_MAX = 70;
    private static final List<String> HEAD =
            List.of("FIELD", "GIT", "CLUSTER", "VERDICT", "SEVERITY", "OWNER", "WHY");

    private final PrintWriter out;
    private final boolean notes;
    private final FileComparison comparison;

    /// @param notes whether differences that do not count are shown one by one
    ComparisonTable(PrintWriter out, boolean notes, FileComparison comparison) {
        this.out = out;
        this.notes = notes;
        this.comparison = comparison;
    }

    void print(List<FileComparison.Row> rows) {
        rows.forEach(this::row);
        for (Flaw flaw : comparison.warnings(rows)) {
            out.println("warning: " + Printable.text(flaw.words()));
        }
        for (Flaw flaw : comparison.flaws()) {
            out.println("error: " + Printable.text(flaw.words()));
        }
        out.println(
                ComparisonSummary.of(comparison, rows).words()
                        + "; compared by "
                        + Printable.text(comparison.terms().schemasName()));
        out.flush();
    }

    private void row(FileComparison.Row row) {
        String verdict = row.verdict().label();
        String name = Printable.text(row.key().display());
        out.println(Printable.padded(verdict, 9) + "  " + name + about(row.verdict()));
        switch (row.verdict()) {
            case Verdict.InSync(List<Difference> none, _) -> table(shown(List.of(), none), none);
            case Verdict.Ignored(List<Difference> none, _) -> table(shown(List.of(), none), none);
            case Verdict.Drifted(List<Difference> counted, List<Difference> rest, _) ->
                    table(shown(counted, rest), rest);
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _, Verdict.Unknown _ -> {}
        }
        row.judgement().hidings().forEach(each -> hiding(row.verdict(), each));
        for (RuleProblem problem : row.judgement().problems()) {
            String words = problem.rule() + " hides nothing here: " + problem.message();
            out.println("    warning: rule " + Printable.text(words));
        }
    }

    private void hiding(Verdict verdict, Hiding hiding) {
        String reason = hiding.reason() == null ? "" : ", because " + hiding.reason();
        String words = hiding.rule() + " of " + hiding.origin() + reason;
        Whole whole = hiding.whole();
        if (whole != null) {
            String what = "    hidden: that it is " + whole.label() + ", by rule ";
            out.println(what + Printable.text(words));
            return;
        }
        long rows = notes(verdict).filter(each -> each.isIgnoredBy(hiding.rule())).count();
        int values = hiding.fieldsCount();
        String much =
                rows
                        + (rows == 1 ? " field" : " fields")
                        + (values == rows ? "" : " with " + values + " values");
        out.println("    hidden: " + much + " by rule " + Printable.text(words));
        if (hiding.everything()) {
            out.println("    warning: this rule hides everything of substance in this object");
        }
    }

    private static Stream<Difference> notes(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InSync(List<Difference> notes, _) -> notes.stream();
            case Verdict.Drifted(_, List<Difference> notes, _) -> notes.stream();
            case Verdict.Ignored(List<Difference> notes, _) -> notes.stream();
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _, Verdict.Unknown _ ->
                    Stream.empty();
        };
    }

    private static String about(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InSync(_, Verdict.Certainty certainty) -> certain(certainty);
            case Verdict.Drifted(_, _, Verdict.Certainty certainty) -> certain(certainty);
            case Verdict.Ignored(_, Verdict.Certainty certainty) ->
                    "  (rules hide everything that counts)" + certain(certainty);
            case Verdict.Missing _ -> "  (git names it, the cluster does not have it)";
            case Verdict.Unmanaged(Owner owner) ->
                    "  (nobody names it; made by " + owner(owner) + ")";
            case Verdict.Extra(Owner owner) ->
                    "  (applied before, named no more; made by " + owner(owner) + ")";
            case Verdict.Unknown(String reason) -> "  (" + Printable.text(reason) + ")";
        };
    }

    private static String certain(Verdict.Certainty certainty) {
        return switch (certainty) {
            case SCHEMA -> "";
            case STRUCTURAL -> "  (less certain: no schema is known, compared by structure)";
            case VERSION_SKEW ->
                    "  (less certain: two API versions, only what both can say is compared)";
        };
    }

    /// What counts and what a rule hides are always shown.
    private List<Difference> shown(List<Difference> counted, List<Difference> rest) {
        List<Difference> shown = new ArrayList<>(counted);
        for (Difference each : rest) {
            if (notes || each.kind() == Difference.Kind.IGNORED) {
                shown.add(each);
            }
        }
        return shown;
    }

    private void table(List<Difference> shown, List<Difference> rest) {
        if (!shown.isEmpty()) {
            List<List<String>> lines = new ArrayList<>();
            lines.add(HEAD);
            shown.forEach(each -> lines.add(line(each)));
            printAligned(lines);
        }
        if (!notes && !rest.isEmpty()) {
            out.println("    does not count: " + sorts(rest) + "; --notes shows them");
        }
    }

    private static String sorts(List<Difference> rest) {
        Map<String, Integer> counts = new TreeMap<>();
        rest.forEach(each -> counts.merge(each.kind().label(), 1, Integer::sum));
        StringBuilder words = new StringBuilder();
        counts.forEach((sort, count) ->
                words.append(words.isEmpty() ? "" : ", ").append(count).append(' ').append(sort));
        return words.toString();
    }

    private List<String> line(Difference each) {
        return List.of(
                Printable.cut(each.path(), PATH_MAX),
                Printable.value(each.desired(), VALUE_MAX),
                Printable.value(each.live(), VALUE_MAX),
                each.kind().label(),
                each.severity().label(),
                owner(each.owner()),
                comparison.why(each) + " [" + Printable.text(each.rule()) + "]");
    }

    /// `human kubectl-edit, Update, 2026-01-02T00:00:00Z`.
    private static String owner(Owner owner) {
        StringBuilder words = new StringBuilder(owner.type().label());
        if (owner.manager() != null) {
            words.append(' ').append(Printable.cut(owner.manager(), VALUE_MAX));
        }
        if (owner.operation() != null) {
            words.append(", ").append(Printable.cut(owner.operation(), VALUE_MAX));
        }
        if (owner.subresource() != null) {
            words.append(" of ").append(Printable.cut(owner.subresource(), VALUE_MAX));
        }
        if (owner.time() != null) {
            words.append(", ").append(owner.time());
        }
        return words.toString();
    }

    private void printAligned(List<List<String>> lines) {
        int columns = HEAD.size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                String cell = line.get(i);
                widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder("    ");
            for (int i = 0; i < columns - 1; i++) {
                text.append(Printable.padded(line.get(i), widths[i])).append("  ");
            }
            out.println(text.append(line.get(columns - 1)));
        }
    }
}
