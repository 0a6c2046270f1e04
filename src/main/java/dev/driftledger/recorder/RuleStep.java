package dev.driftledger.recorder;

import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Severity;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is to be said of ignore rules themselves: those that cannot be used, that ended, that fail
/// on an object, or that hide all of one are findings about the application.
final class RuleStep {
    private static final String REST = "…";

    private RuleStep() {}

    /// Judges the applications anew of whose rules one ended. Called when a heartbeat was written,
    /// so that the log tells when.
    static void expire(Draft draft) {
        for (ApplicationRow row : List.copyOf(draft.state().applications().values())) {
            Ruling ruling = row.rules();
            if (ruling != null && draft.rules(row.id()).isOver(draft.now())) {
                Ruling now = new Ruling(ruling.file(), draft.now());
                draft.put(row.with(row.source().with(now)));
                draft.review(row.id());
                judge(draft, row.id());
            }
        }
    }

    private static void judge(Draft draft, ApplicationId id) {
        if (Observation.ready(draft.state(), id)) {
            Cause cause = new Cause.Other("an ignore rule ended");
            Applications.settle(draft, id, cause);
            Unmanaged.namespaces(draft, id, cause);
        }
    }

    /// Opens, continues and ends the findings about the rules of the applications that this
    /// decision marked.
    static void review(Draft draft, IntakeRecord record) {
        for (ApplicationId id : List.copyOf(draft.reviewed())) {
            if (draft.state().applications().containsKey(id)) {
                review(draft, id, cause(record));
            }
        }
    }

    private static Cause cause(IntakeRecord record) {
        return record instanceof IntakeRecord.DesiredRendered news
                ? new Cause.Desired(news.revision())
                : new Cause.Other("the rule gives no cause for it any more");
    }

    private static void review(Draft draft, ApplicationId id, Cause cause) {
        SortedMap<String, Trouble> troubles = bounded(draft, troubles(draft, id));
        Findings.Target target = Findings.Target.of(id);
        troubles.forEach((rule, trouble) ->
                Findings.raise(draft, target, claim(draft, id, rule, trouble), cause));
        for (Row.Finding finding : draft.state().findings().about(id, null)) {
            if (finding.open()
                    && finding.kind().equals(Claim.RULE_PROBLEM)
                    && !troubles.containsKey(Objects.requireNonNull(finding.path()))) {
                Findings.end(draft, finding, cause);
            }
        }
    }

    private static Claim claim(Draft draft, ApplicationId id, String rule, Trouble trouble) {
        ApplicationRow row = draft.state().applications().get(id);
        SortedMap<String, Digest> digests = new TreeMap<>();
        if (row != null && row.rules() != null) {
            digests.put(Judge.IGNORE, row.rules().file());
        }
        return new Claim(
                Claim.RULE_PROBLEM,
                rule,
                null,
                null,
                Owner.UNKNOWN,
                trouble.severity(),
                rule,
                null,
                trouble.words(),
                digests);
    }

    /// By the rule's name, each once.
    private static SortedMap<String, Trouble> troubles(Draft draft, ApplicationId id) {
        SortedMap<String, Trouble> troubles = new TreeMap<>();
        for (RuleProblem problem : draft.rules(id).rules().problems()) {
            of(troubles, problem.rule()).sentences.add(SafeJson.text(problem.message()));
        }
        for (Row.Member member : draft.state().members().of(id)) {
            if (member.ruled() != null) {
                note(troubles, SafeJson.text(member.key().display()), member.ruled());
            }
        }
        for (Row.Tolerated each : draft.state().tolerated(id)) {
            note(troubles, SafeJson.text(each.key().display()), each.ruled());
        }
        return troubles;
    }

    private static void note(SortedMap<String, Trouble> troubles, String resource, Ruled ruled) {
        for (Hiding hiding : ruled.hidden()) {
            if (hiding.everything()) {
                of(troubles, hiding.rule()).blinded.add(resource);
            }
        }
        for (RuleProblem failure : ruled.failures()) {
            of(troubles, failure.rule()).failed.add(resource + ": " + failure.message());
        }
    }

    private static Trouble of(SortedMap<String, Trouble> troubles, String rule) {
        return troubles.computeIfAbsent(SafeJson.text(rule), _ -> new Trouble());
    }

    /// As many as the settings allow; the rest are one.
    private static SortedMap<String, Trouble> bounded(
            Draft draft, SortedMap<String, Trouble> troubles) {
        int max = draft.limits().problemsCount();
        if (troubles.size() <= max) {
            return troubles;
        }
        SortedMap<String, Trouble> some = new TreeMap<>();
        for (Map.Entry<String, Trouble> each : troubles.entrySet()) {
            if (some.size() < max) {
                some.put(each.getKey(), each.getValue());
            }
        }
        Trouble rest = new Trouble();
        rest.sentences.add((troubles.size() - max) + " more rules have problems");
        some.put(REST, rest);
        return some;
    }

    /// What is wrong with one rule.
    private static final class Trouble {
        private final List<String> sentences = new ArrayList<>();
        private final List<String> blinded = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        /// What nobody sees any more is worse than what still shows.
        Severity severity() {
            return blinded.isEmpty() ? Severity.MEDIUM : Severity.HIGH;
        }

        String words() {
            List<String> words = new ArrayList<>();
            if (!blinded.isEmpty()) {
                words.add("it hides everything that counts of " + first(blinded));
            }
            if (!sentences.isEmpty()) {
                words.add(first(sentences));
            }
            if (!failed.isEmpty()) {
                words.add("it fails and hides nothing of " + first(failed));
            }
            return String.join("; ", words);
        }

        private static String first(List<String> texts) {
            return texts.size() == 1
                    ? texts.getFirst()
                    : texts.getFirst() + " and " + (texts.size() - 1) + " more";
        }
    }
}
