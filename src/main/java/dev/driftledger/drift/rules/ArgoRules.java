package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.jq.JqPath;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Argo CD's rules: `spec.ignoreDifferences` of an `Application`, and the customisations in
/// `argocd-cm` (argo-cd util/argo/normalizers/diff_normalizer.go, util/settings/settings.go); and
/// what it says of objects that are on one side only.
final class ArgoRules {
    private static final String CUSTOMIZATIONS = "resource.customizations";
    private static final String IGNORE = CUSTOMIZATIONS + ".ignoreDifferences.";
    private static final String KNOWN_TYPES = CUSTOMIZATIONS + ".knownTypeFields.";
    private static final String OPTIONS = "resource.compareoptions";

    private ArgoRules() {}

    /// Where rules stand: the names they get and whom they are about.
    private record Place(String id, Target target) {}

    /// An extra object that asks for it does not make its application `OutOfSync`.
    static Rule extraneous() {
        return new OptionTarget("argocd.argoproj.io/compare-options", "IgnoreExtraneous")
                .extra("argocd");
    }

    /// What an `AppProject` leaves out of its orphaned resources: `group`, `kind` and `name` are
    /// globs, of which the last two may be absent (argo-cd controller/appcontroller.go).
    static void project(JsonNode project, RuleReader reader) {
        String prefix = "argocd:AppProject/" + Kinds.name(project) + "/";
        Effect effect = Effect.HideObject.of(Set.of(Whole.UNMANAGED.label()));
        int number = 0;
        for (JsonNode each : project.path("spec").path("orphanedResources").path("ignore")) {
            number++;
            String id = prefix + number;
            try {
                String kind = each.path("kind").asText();
                String name = each.path("name").asText();
                Target target =
                        new GlobTarget(
                                Glob.of(each.path("group").asText()),
                                Glob.of(kind.isEmpty() ? "*" : kind),
                                null,
                                name.isEmpty() ? null : Glob.of(name));
                reader.add(new Rule(id, reader.origin(), null, null, target, effect));
            } catch (RuleException e) {
                reader.problem(id, e.getMessage());
            }
        }
    }

    static void application(JsonNode application, RuleReader reader) {
        String prefix = "argocd:" + Kinds.name(application) + "/";
        int number = 0;
        for (JsonNode each : application.path("spec").path("ignoreDifferences")) {
            number++;
            String id = prefix + number;
            try {
                effects(each, new Place(id, target(each)), reader);
            } catch (RuleException e) {
                reader.problem(id, e.getMessage());
            }
        }
    }

    /// The system-wide rules in `argocd-cm`.
    static void settings(JsonNode settings, RuleReader reader, InnerYaml yaml) {
        for (Map.Entry<String, JsonNode> each : settings.path("data").properties()) {
            String key = each.getKey();
            try {
                if (key.startsWith(IGNORE)) {
                    String name = key.substring(IGNORE.length());
                    JsonNode rules = yaml.read(each.getValue().asText());
                    effects(rules, customized(name), reader);
                } else if (key.equals(CUSTOMIZATIONS)) {
                    whole(yaml.read(each.getValue().asText()), reader, yaml);
                } else if (key.equals(OPTIONS)) {
                    options(yaml.read(each.getValue().asText()), reader);
                } else if (key.startsWith(KNOWN_TYPES)) {
                    reader.problem(key, "not used: types come from the kind's own schema");
                }
            } catch (RuleException e) {
                reader.problem(key, e.getMessage());
            }
        }
    }

    /// The older form: one text with `<group>/<kind>` → customisation.
    private static void whole(JsonNode all, RuleReader reader, InnerYaml yaml)
            throws RuleException {
        for (Map.Entry<String, JsonNode> each : all.properties()) {
            String text = each.getValue().path("ignoreDifferences").asText();
            if (!text.isEmpty()) {
                String name = each.getKey().equals("*/*") ? "all" : each.getKey();
                effects(yaml.read(text), customized(name.replace('/', '_')), reader);
            }
        }
    }

    private static void options(JsonNode options, RuleReader reader) {
        String status = options.path("ignoreResourceStatusField").asText();
        if (Set.of("crd", "none", "off", "false").contains(status)) {
            reader.problem(
                    OPTIONS,
                    "ignoreResourceStatusField: "
                            + status
                            + " has no effect: status is never compared with git");
        }
    }

    private static Place customized(String name) throws RuleException {
        int end = name.indexOf('_');
        String group = end < 0 ? "" : name.substring(0, end);
        Glob any = Glob.of("*");
        Target target =
                name.equals("all")
                        ? new GlobTarget(any, any, null, null)
                        : new GlobTarget(
                                Glob.of(group), Glob.of(name.substring(end + 1)), null, null);
        return new Place("argocd-cm:" + name, target);
    }

    private static Target target(JsonNode rule) throws RuleException {
        if (rule.path("kind").asText().isEmpty()) {
            throw new RuleException("kind is missing");
        }
        return new GlobTarget(
                Glob.of(rule.path("group").asText()),
                Glob.of(rule.path("kind").asText()),
                exact(rule.path("namespace").asText()),
                exact(rule.path("name").asText()));
    }

    private static @Nullable Glob exact(String text) {
        return text.isEmpty() ? null : Glob.exactly(text);
    }

    private static void effects(JsonNode rule, Place place, RuleReader reader) {
        int number = 0;
        for (JsonNode each : rule.path("jsonPointers")) {
            number++;
            String id = place.id() + "/pointer/" + number;
            String flaw =
                    each.asText().isEmpty()
                            ? "'' names no field, so it hides nothing"
                            : PatchPointer.flaw(each.asText());
            if (flaw != null) {
                reader.problem(id, flaw);
            }
            add(id, place, reader, () -> new Effect.RemovePointer(PatchPointer.of(each.asText())));
        }
        number = 0;
        for (JsonNode each : rule.path("jqPathExpressions")) {
            number++;
            String id = place.id() + "/jq/" + number;
            add(id, place, reader, () -> new Effect.RemovePaths(JqPath.of(each.asText())));
        }
        Set<String> managers = new TreeSet<>();
        rule.path("managedFieldsManagers").forEach(each -> managers.add(each.asText()));
        if (!managers.isEmpty()) {
            add(place.id() + "/managers", place, reader, () -> new Effect.TrustManagers(managers));
        }
    }

    /// Something that may be no rule.
    private interface Compiling {
        Effect effect() throws RuleException;
    }

    private static void add(String id, Place place, RuleReader reader, Compiling compiling) {
        try {
            Effect effect = compiling.effect();
            reader.add(new Rule(id, reader.origin(), null, null, place.target(), effect));
        } catch (RuleException e) {
            reader.problem(id, e.getMessage());
        }
    }
}
