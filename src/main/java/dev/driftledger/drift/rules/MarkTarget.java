package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objects that carry a label or annotation by which Flux leaves them alone; its value counts in
/// any case (fluxcd/pkg ssa/utils/meta.go).
///
/// @param liveToo whether the live object's mark counts as well as the desired one's
record MarkTarget(String key, String value, boolean liveToo) implements Target {
    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/";
    private static final String HELM = "helm.toolkit.fluxcd.io/";
    private static final String REASON = "the object's own label or annotation asks for it";

    /// What Flux does by labels and annotations. `ssa: Merge` is none of them: it still applies
    /// every field that git names.
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (MarkTarget target :
                List.of(
                        new MarkTarget(KUSTOMIZE + "reconcile", "disabled", true),
                        new MarkTarget(KUSTOMIZE + "ssa", "Ignore", true),
                        new MarkTarget(KUSTOMIZE + "ssa", "IfNotPresent", false),
                        new MarkTarget(HELM + "driftDetection", "disabled", true))) {
            rules.add(
                    new Rule(
                            "flux:" + target.key + "=" + target.value,
                            "label or annotation",
                            REASON,
                            null,
                            target,
                            new Effect.HideObject()));
        }
        return rules;
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
