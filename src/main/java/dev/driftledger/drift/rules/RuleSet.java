package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiled ignore rules, found by group and kind.
///
/// Finding those of one object costs what the rules for its kind and those for any kind cost,
/// however many others there are. A rule that cannot be compiled hides nothing and is a problem.
public final class RuleSet {
    /// More rules than this in one set are not taken.
    public static final int RULES_MAX = 10_000;

    private static final RuleSet NONE = new RuleSet(List.of(), List.of());

    private final List<Rule> rules;
    private final List<RuleProblem> problems;
    private final Map<String, List<Rule>> byKind = new HashMap<>();
    private final List<Rule> ofAnyKind = new ArrayList<>();

    private RuleSet(List<Rule> rules, List<RuleProblem> problems) {
        this.rules = List.copyOf(rules);
        this.problems = List.copyOf(problems);
        for (Rule rule : rules) {
            String kind = rule.target().onlyKind();
            if (kind == null) {
                ofAnyKind.add(rule);
            } else {
                byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(rule);
            }
        }
    }

    /// No rules at all.
    public static RuleSet none() {
        return NONE;
    }

    /// Compiles rules out of documents in any mix of formats: our own, Argo CD's `Application` and
    /// `argocd-cm`, Flux' `HelmRelease` and `Kustomization`. Never throws: what cannot be used is
    /// in [#problems()].
    ///
    /// @param origin where the documents come from, for people
    /// @param yaml reads the YAML that stands as text in `argocd-cm`
    public static RuleSet parse(List<? extends JsonNode> documents, String origin, InnerYaml yaml) {
        RuleReader reader = new RuleReader(origin, yaml);
        documents.forEach(reader::read);
        return new RuleSet(reader.rules(), reader.problems());
    }

    /// The rules in force at a moment; those that ended are problems.
    public RuleSet at(Instant now) {
        List<Rule> inForce = new ArrayList<>();
        List<RuleProblem> told = new ArrayList<>(problems);
        for (Rule rule : rules) {
            if (rule.expiredAt(now)) {
                told.add(new RuleProblem(rule.id(), "expired at " + rule.expires()));
            } else {
                inForce.add(rule);
            }
        }
        return inForce.size() == rules.size() ? this : new RuleSet(inForce, told);
    }

    /// When the next of the rules ends; null when none ever does.
    public @Nullable Instant nextExpiry() {
        return rules.stream()
                .map(Rule::expires)
                .filter(java.util.Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /// What could not be used, in the order of the documents.
    public List<RuleProblem> problems() {
        return problems;
    }

    /// Whether there is no rule.
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /// The rules about one object: those for its kind, then those for any, each in the order in
    /// which they were read.
    public List<Rule> about(JsonNode desired, JsonNode live) {
        if (rules.isEmpty()) {
            return List.of();
        }
        List<Rule> found = new ArrayList<>();
        add(byKind.getOrDefault(Kinds.of(live), List.of()), desired, live, found);
        add(ofAnyKind, desired, live, found);
        return found;
    }

    private static void add(
            List<Rule> candidates, JsonNode desired, JsonNode live, List<Rule> found) {
        for (Rule rule : candidates) {
            if (rule.target().matches(desired, live)) {
                found.add(rule);
            }
        }
    }
}
