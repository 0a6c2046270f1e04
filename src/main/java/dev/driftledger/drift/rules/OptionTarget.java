package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Live objects of which an annotation, a list with commas, holds an option, as Argo CD reads
/// `argocd.argoproj.io/compare-options` (gitops-engine pkg/sync/resource/annotations.go).
record OptionTarget(String annotation, String option) implements Target {
    @Override
    public @Nullable String onlyKind() {
        return null;
    }

    @Override
    public boolean matches(JsonNode desired, JsonNode live) {
        String options = live.path("metadata").path("annotations").path(annotation).asText();
        for (String each : options.split(",", -1)) {
            if (each.strip().equals(option)) {
                return true;
            }
        }
        return false;
    }

    /// The rule for extra objects that carry the option.
    Rule extra(String system) {
        return new Rule(
                system + ":" + annotation + "=" + option,
                "annotation",
                "the object's own annotation asks for it",
                null,
                this,
                Effect.HideObject.of(Set.of(Whole.EXTRA.label())));
    }
}
