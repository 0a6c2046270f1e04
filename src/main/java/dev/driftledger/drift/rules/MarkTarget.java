package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects that carry a label or annotation by which Flux leaves them alone; its value counts in
/// any case (fluxcd/pkg ssa/utils/meta.go).
///
/// @param liveToo whether the live object's mark counts as well as the desired one's
record MarkTarget(String key, String value, boolean liveToo) implements Target {
    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/";
    private static final String HELM = "helm.toolkit.fluxcd.io/";
    private static final String REASON = "the object's own label or annotation asks for it";

    /// What Flux and Helm do by labels and annotations. What is never applied is not missing, what
    /// is never pruned is not extra. `ssa: Merge` is none of them: it still applies every field
    /// that git names.
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Set<String> applied = Whole.fieldsAnd(Whole.MISSING);
        Set<String> pruned = Set.of(Whole.EXTRA.label());
        rules.add(
                new MarkTarget(KUSTOMIZE + "reconcile", "disabled", true)
                        .rule(Whole.fieldsAnd(Whole.MISSING, Whole.EXTRA)));
        rules.add(new MarkTarget(KUSTOMIZE + "ssa", "Ignore", true).rule(applied));
        rules.add(new MarkTarget(KUSTOMIZE + "ssa", "IfNotPresent", false).rule(Whole.FIELDS));
        rules.add(new MarkTarget(KUSTOMIZE + "prune", "disabled", true).rule(pruned));
        rules.add(new MarkTarget(HELM + "driftDetection", "disabled", true).rule(applied));
        rules.add(new OptionTarget("helm.sh/resource-policy", "keep").extra("helm"));
        return rules;
    }

    private Rule rule(Set<String> kinds) {
        return new Rule(
                "flux:" + key + "=" + value,
                "label or annotation",
                REASON,
                null,
                this,
                Effect.HideObject.of(kinds));
    }

    @Override
    public @Nullable String onlyKind() {
        return null;
    }

    @Override
    public boolean matches(JsonNode desired, JsonNode live) {
        return marked(desired) || (liveToo && marked(live));
    }

    private boolean marked(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return value.equalsIgnoreCase(metadata.path("labels").path(key).asText())
                || value.equalsIgnoreCase(metadata.path("annotations").path(key).asText());
    }
}
