package dev.driftledger.cli;

import dev.driftledger.desired.LocalManifests.Located;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Step;
import dev.driftledger.drift.Step.Stage;
import dev.driftledger.drift.Verdict;
import dev.driftledger.drift.rules.Whole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says why of resources that are on one side only.
final class OneSided {
    private OneSided() {}

    static List<Step> steps(FileComparison.Row row, @Nullable Located applied) {
        List<Step> steps = new ArrayList<>();
        side(steps, "desired", row.desired(), "git does not name it");
        side(steps, "live", row.live(), "the cluster does not have it");
        side(steps, "applied-before", applied, "nothing says that it was applied before");
        switch (row.verdict()) {
            case Verdict.Missing _ ->
                    steps.add(
                            new Step(
                                    "",
                                    Stage.VERDICT,
                                    "missing",
                                    "missing: git names it and the cluster does not have it"));
            case Verdict.Extra(Owner owner) ->
                    steps.add(verdict("extra", "extra: once applied, named no more, by ", owner));
            case Verdict.Unmanaged(Owner owner) ->
                    steps.add(verdict("unmanaged", "unmanaged: nobody names it, by ", owner));
            case Verdict.Ignored _ -> {
                row.judgement().hidings().forEach(each -> hidden(steps, each));
                steps.add(new Step("", Stage.VERDICT, "ignored", Hiding.DOES_NOT_COUNT));
            }
            case Verdict.InSync _, Verdict.Drifted _, Verdict.Unknown _ -> {}
        }
        return steps;
    }

    private static void hidden(List<Step> to, Hiding hiding) {
        Whole whole = hiding.whole();
        if (whole == null) {
            return;
        }
        String rule = "ignore:" + hiding.rule();
        String words = Hiding.words(hiding.origin(), whole.label(), hiding.reason());
        to.add(new Step("", Stage.JUDGEMENT, Printable.text(rule), Printable.text(words)));
    }

    private static Step verdict(String rule, String words, Owner owner) {
        String who = owner.manager() == null ? "nobody known" : owner.manager();
        String sort = " (" + owner.type().label() + ")";
        return new Step("", Stage.VERDICT, rule, words + Printable.text(who) + sort);
    }

    private static void side(List<Step> to, String rule, @Nullable Located side, String none) {
        String words = side == null ? none : side.file() + ", document " + side.document();
        to.add(new Step("", Stage.INPUT, rule, words));
    }
}
