package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/// Flux' rules: `spec.driftDetection.ignore` of a `HelmRelease` and `spec.ignore` of a
/// `Kustomization` (fluxcd/pkg ssa/jsondiff).
final class FluxRules {
    private static final Set<String> ITEM = Set.of("target", "paths");

    private FluxRules() {}

    static void release(JsonNode release, RuleReader reader) {
        String name = "flux:HelmRelease/" + Kinds.name(release);
        JsonNode spec = release.path("spec");
        reader.requireNoLike(name, "spec", spec, "driftDetection");
        JsonNode rules =
                reader.items(name, "spec.driftDetection", spec.path("driftDetection"), "ignore");
        rules(new From(name, Whole.fieldsAnd(Whole.MISSING)), rules, reader);
    }

    static void kustomization(JsonNode kustomization, RuleReader reader) {
        String name = "flux:Kustomization/" + Kinds.name(kustomization);
        JsonNode rules = reader.items(name, "spec", kustomization.path("spec"), "ignore");
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
        Keys.require("", rule, ITEM);
        String id = from.prefix();
        Target target = FluxTarget.of(rule.path("target"));
        List<String> paths = Keys.texts(rule, "paths");
        if (paths.isEmpty()) {
            throw new RuleException("paths is missing or empty; '' is all of an object");
        }
        int number = 0;
        for (String path : paths) {
            number++;
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
