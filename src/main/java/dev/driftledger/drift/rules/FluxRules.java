package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;

/// Flux' rules: `spec.driftDetection.ignore` of a `HelmRelease` and `spec.ignore` of a
/// `Kustomization` (fluxcd/pkg ssa/jsondiff).
final class FluxRules {
    private FluxRules() {}

    static void release(JsonNode release, RuleReader reader) {
        JsonNode rules = release.path("spec").path("driftDetection").path("ignore");
        rules("flux:HelmRelease/" + Kinds.name(release), rules, reader);
    }

    static void kustomization(JsonNode kustomization, RuleReader reader) {
        JsonNode rules = kustomization.path("spec").path("ignore");
        rules("flux:Kustomization/" + Kinds.name(kustomization), rules, reader);
    }

    private static void rules(String prefix, JsonNode rules, RuleReader reader) {
        int number = 0;
        for (JsonNode each : rules) {
            number++;
            String id = prefix + "/" + number;
            try {
                rule(id, each, reader);
            } catch (RuleException e) {
                reader.problem(id, e.getMessage());
            }
        }
    }

    private static void rule(String id, JsonNode rule, RuleReader reader) throws RuleException {
        Target target = FluxTarget.of(rule.path("target"));
        int number = 0;
        for (JsonNode each : rule.path("paths")) {
            number++;
            String path = each.asText();
            String flaw = PatchPointer.flaw(path);
            if (flaw != null) {
                reader.problem(id + "/" + number, flaw);
            }
            Effect effect =
                    path.isEmpty()
                            ? new Effect.HideObject()
                            : new Effect.RemovePointer(PatchPointer.of(path));
            reader.add(new Rule(id + "/" + number, reader.origin(), null, null, target, effect));
        }
    }
}
