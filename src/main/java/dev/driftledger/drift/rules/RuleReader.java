package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.model.Misspelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads documents of any known format and keeps what they say, and what is wrong with them.
final class RuleReader {
    private static final int MESSAGE_LENGTH_MAX = 400;

    private final String origin;
    private final InnerYaml yaml;
    private final List<Rule> rules = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private boolean full;
    private boolean marks;
    private boolean argoMarks;

    RuleReader(String origin, InnerYaml yaml) {
        this.origin = origin;
        this.yaml = yaml;
    }

    List<Rule> rules() {
        return rules;
    }

    List<RuleProblem> problems() {
        return problems;
    }

    String origin() {
        return origin;
    }

    void read(JsonNode document) {
        switch (Kinds.of(document)) {
            case OwnRules.KIND -> OwnRules.read(document, this);
            case "argoproj.io/Application" -> {
                if (!argoMarks) {
                    add(ArgoRules.extraneous());
                }
                argoMarks = true;
                ArgoRules.application(document, this);
            }
            case "argoproj.io/AppProject" -> ArgoRules.project(document, this);
            case "/ConfigMap" -> ArgoRules.settings(document, this, yaml);
            case "helm.toolkit.fluxcd.io/HelmRelease" -> {
                marks();
                FluxRules.release(document, this);
            }
            case "kustomize.toolkit.fluxcd.io/Kustomization" -> {
                marks();
                FluxRules.kustomization(document, this);
            }
            default ->
                    problem(
                            origin,
                            "a document of kind '"
                                    + Kinds.kind(document)
                                    + "' has no ignore rules; known are IgnoreRules, Application,"
                                    + " AppProject, ConfigMap, HelmRelease and Kustomization");
        }
    }

    /// Takes a rule unless its name is taken or there are too many.
    void add(Rule rule) {
        if (rules.size() >= RuleSet.RULES_MAX) {
            if (!full) {
                problem(
                        origin,
                        "more than "
                                + RuleSet.RULES_MAX
                                + " rules; "
                                + rule.id()
                                + " and later ones are not used");
            }
            full = true;
        } else if (ids.add(rule.id())) {
            rules.add(rule);
        } else {
            problem(rule.id(), "a second rule of this name is not used");
        }
    }

    void problem(String rule, String message) {
        int length = Math.min(message.length(), MESSAGE_LENGTH_MAX);
        problems.add(new RuleProblem(rule, message.substring(0, length)));
    }

    /// The items of the list in which the rules of a document stand; none when it has no such list,
    /// and then a key that looks like a misspelling of it is a problem.
    ///
    /// @param rules name of the document's rules
    /// @param place where the list stands, such as `spec`
    JsonNode items(String rules, String place, JsonNode around, String field) {
        requireNoLike(rules, place, around, field);
        JsonNode list = around.path(field);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            problem(rules, place + "." + field + " must be a list, so none of it is used");
            return MissingNode.getInstance();
        }
        return list;
    }

    /// A key that looks like a misspelling of another is a problem.
    void requireNoLike(String rules, String place, JsonNode around, String field) {
        for (Map.Entry<String, JsonNode> each : around.properties()) {
            if (Misspelling.of(each.getKey(), field)) {
                String key = place + "." + each.getKey();
                problem(rules, key + " is not known; known is " + field);
            }
        }
    }

    /// What Flux does by labels and annotations, once.
    private void marks() {
        if (!marks) {
            MarkTarget.rules().forEach(this::add);
        }
        marks = true;
    }
}
