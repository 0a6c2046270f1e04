package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Step.Stage;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts every rule that fires into a sentence, in the order in which they fire.
final class Narrative implements Trace {
    private final List<Step> steps = new ArrayList<>();
    private int leftOutCount;
    private ManagerTable managers = ManagerTable.builtIn();
    private boolean isApplierKnown;

    List<Step> steps() {
        if (leftOutCount > 0) {
            steps.add(new Step("", Stage.VERDICT, "limit", leftOutCount + " more steps"));
            leftOutCount = 0;
        }
        return steps;
    }

    @Override
    public void begun(Comparison comparison) {
        managers = comparison.criteria().managers();
        say("", Stage.INPUT, "desired", object(comparison.desired()));
        say("", Stage.INPUT, "live", object(comparison.live()));
        for (ObjectNode each : comparison.background().former()) {
            say("", Stage.INPUT, "applied-before", object(each));
        }
        if (comparison.background().again() != null) {
            say("", Stage.INPUT, "rendered-twice", "the same revision was rendered twice");
        }
        for (ObjectNode each : comparison.background().related()) {
            say("", Stage.INPUT, "related", object(each));
        }
        String applier = comparison.background().applier();
        isApplierKnown = applier != null;
        String known = "its applier writes as " + Spelling.text(applier);
        String any = "its applier is not known: any reconciler and kubectl's apply may be it";
        say("", Stage.INPUT, "applier", applier == null ? any : known);
        for (Step each : Step.problems(comparison.criteria().rules())) {
            say(each.path(), each.stage(), each.rule(), each.words());
        }
        for (FieldOwners.Entry each : FieldOwners.of(comparison.live()).entries()) {
            String owned = Spelling.count(each.paths().size(), "path");
            String words = Spelling.entry(each) + " owns " + owned;
            say("", Stage.INPUT, "managed-fields", words);
        }
    }

    private static String object(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String version = metadata.path("resourceVersion").asText();
        return Spelling.text(object.path("apiVersion").asText())
                + " "
                + Spelling.text(object.path("kind").asText())
                + " "
                + (namespace.isEmpty() ? "" : Spelling.text(namespace) + "/")
                + Spelling.text(metadata.path("name").asText())
                + (version.isEmpty() ? "" : " at resource version " + Spelling.text(version))
                + digest(object);
    }

    private static String digest(ObjectNode object) {
        try {
            return ", sha256 " + ObjectBytes.digest(object).hex();
        } catch (RuntimeException | StackOverflowError e) {
            return ", which has no canonical form";
        }
    }

    @Override
    public void schema(Comparison comparison, Verdict.Certainty certainty) {
        Gvk live = Gvk.of(comparison.live());
        Gvk desired = Gvk.of(comparison.desired());
        Digest digest =
                comparison.criteria().schemas().digest(live.group(), live.version(), live.kind());
        String source = digest == null ? "no schema" : "the schema sha256 " + digest.hex();
        String words =
                switch (certainty) {
                    case SCHEMA -> "compared by " + source + " of " + live.display();
                    case STRUCTURAL ->
                            "no schema is known for "
                                    + live.display()
                                    + " "
                                    + Spelling.text(live.version())
                                    + ": compared by structure alone, so less certain";
                    case VERSION_SKEW ->
                            "git says "
                                    + Spelling.text(desired.version())
                                    + ", the cluster answers "
                                    + Spelling.text(live.version())
                                    + ": only what both can say is compared, by "
                                    + source;
                };
        say("", Stage.SCHEMA, certainty.label(), words);
    }

    @Override
    public void passedOver(String part, String why) {
        say(part, Stage.SCHEMA, "passed-over", "not compared: " + why);
    }

    @Override
    public void same(Place at, JsonNode desired, JsonNode live) {
        say(at.path().spelled(), Stage.VALUE, "same", "both say " + Spelling.value(live));
    }

    @Override
    public void implied(Place at, JsonNode live) {
        String words = "git leaves it out, which means the same: " + Spelling.value(live);
        say(at.path().spelled(), Stage.DEFAULT, "default", words);
    }

    @Override
    public void skewed(Place at) {
        String words = "only one side has it, and the other version may not know it: not compared";
        say(at.path().spelled(), Stage.SCHEMA, "version-skew", words);
    }

    @Override
    public void defaulted(Place at, @Nullable JsonNode desired, @Nullable JsonNode live) {
        String who = live == null ? "the cluster leaves it out" : "git leaves it out";
        JsonNode value = live == null ? desired : live;
        String words = who + ", and " + Spelling.value(value) + " is the default: ";
        say(at.path().spelled(), Stage.DEFAULT, "default", words + Spelling.defaultSource(at));
    }

    @Override
    public void empty(Place at, JsonNode value) {
        String words = "only the cluster has it, and " + Spelling.value(value) + " says nothing";
        say(at.path().spelled(), Stage.DEFAULT, "empty", words);
    }

    @Override
    public void paired(Place at, JsonNode desired, JsonNode live, String how) {
        String words = Spelling.pairing(at.shape(), how);
        String items = Spelling.count(desired.size(), "item");
        String counts = "; git has " + items + ", the cluster " + live.size();
        say(at.path().spelled(), Stage.SCHEMA, how, words + counts);
    }

    @Override
    public void owned(String path, FieldOwners.@Nullable Entry entry, Applier applier) {
        if (entry == null) {
            say(path, Stage.OWNER, "unowned", "no entry of managedFields owns it");
            return;
        }
        String row = managers.rowOf(entry.manager());
        String sort = managers.typeOf(entry.manager()).label();
        String table =
                row == null
                        ? "no row of the table of managers knows it"
                        : "row '" + Spelling.text(row) + "' of the table of managers says " + sort;
        String own = applier.is(entry) ? "; it is the applier" : "";
        String how = entry.ownsExactly(path) ? "owns it" : "owns parts of it";
        say(path, Stage.OWNER, "owner", Spelling.entry(entry) + " " + how + "; " + table + own);
    }

    @Override
    public void reason(String path, Stage stage, String rule, String words) {
        say(path, stage, rule, words);
    }

    @Override
    public void judged(Difference difference, Severities.Row severity) {
        String path = difference.path();
        say(path, Stage.VALUE, difference.rule(), Spelling.difference(difference));
        String weight =
                difference.kind().counts()
                        ? "; severity "
                                + severity.severity().label()
                                + " by the row "
                                + severity.kind()
                                + " "
                                + severity.pattern()
                        : "; it does not count";
        String sort = difference.kind().label();
        say(path, Stage.JUDGEMENT, sort, sort(difference.kind()) + weight);
    }

    @Override
    public void ended(Judgement judgement) {
        Verdict verdict = judgement.verdict();
        for (Difference each : Spelling.notes(verdict)) {
            if (each.kind() == Difference.Kind.IGNORED) {
                say(each.path(), Stage.JUDGEMENT, each.rule(), sort(each.kind()));
            }
        }
        for (Hiding each : judgement.hidings()) {
            say("", Stage.JUDGEMENT, "ignore:" + each.rule(), Spelling.hiding(each));
        }
        for (RuleProblem each : judgement.problems()) {
            String words = "hides nothing: " + Spelling.text(each.message());
            say("", Stage.JUDGEMENT, "ignore:" + each.rule(), words);
        }
        say("", Stage.VERDICT, verdict.label(), Spelling.verdict(verdict));
    }

    private String sort(Difference.Kind kind) {
        return Spelling.sort(kind, isApplierKnown);
    }

    private void say(String path, Stage stage, String rule, String words) {
        if (steps.size() < Explanation.STEPS_MAX) {
            steps.add(new Step(path, stage, rule, words));
        } else {
            leftOutCount++;
        }
    }
}
