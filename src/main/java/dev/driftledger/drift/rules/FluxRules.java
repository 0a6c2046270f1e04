package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// Flux' rules: `spec.driftDetection.ignore` of a `HelmRelease` and `spec.ignore` of a
/// `Kustomization` (fluxcd/pkg ssa/jsondiff).
final class FluxRules {
    private FluxRules() {}

    static void release(JsonNode release, RuleReader reader) {
        JsonNode rules = release.path("spec").path("driftDetection").path("ignore");
        Set<String> whole = Whole.fieldsAnd(Whole.MISSING);
        rules(new From("flux:HelmRelease/" + Kinds.name(release), whole), rules, reader);
    }

    static void kustomization(JsonNode kustomization, RuleReader reader) {
        JsonNode rules = kustomization.path("spec").path("ignore");
        String name = "flux:Kustomization/" + Kinds.name(kustomization);
        rules(new From(name, Whole.FIELDS), rules, reader);
    }

    /// Where rules stand.
    ///
    /// @param whole what a path that names the whole object hides: a `HelmRelease` leaves such an
    ///     object alone also where it is missing, a `Kustomization` creates it
    private record From(String prefix, Set<String> whole) {}

    private static void rules(From from, JsonNode rules, RuleReader reader) {
        int number = 0;
        for (JsonNode each : rules) {
            number++;
            String id = from.prefix() + "/" + number;
            try {
                rule(new From(id, from.whole()), each, reader);
            } catch (RuleException e) {
                reader.problem(id, e.getMessage());
            }
        }
    }

    private static void rule(From from, JsonNode rule, RuleReader reader) throws RuleException {
        String id = from.prefix();
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
                            ? Effect.HideObject.of(from.whole())
                            : new Effect.RemovePointer(PatchPointer.of(path));
            reader.add(new Rule(id + "/" + number, reader.origin(), null, null, target, effect));
        }
    }
}
