package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.rules.jq.JqPath;
import java.util.List;
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
    private static final String SETTINGS = "argocd-cm";
    private static final String LIST = "ignoreDifferences";
    private static final Set<String> CRITERIA =
            Set.of("jsonPointers", "jqPathExpressions", "managedFieldsManagers");
    private static final Set<String> ITEM =
            Set.of(
                    "group",
                    "kind",
                    "namespace",
                    "name",
                    "jsonPointers",
                    "jqPathExpressions",
                    "managedFieldsManagers");
    private static final String ORPHANS = "orphanedResources";
    private static final Set<String> ORPHAN = Set.of("group", "kind", "name");

    /// What may follow `resource.customizations.` in `argocd-cm`.
    private static final List<String> SORTS =
            List.of(
                    "health.",
                    "useOpenLibs.",
                    "actions.",
                    "ignoreDifferences.",
                    "ignoreResourceUpdates.",
                    "knownTypeFields.");

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
        String rules = "argocd:AppProject/" + Kinds.name(project);
        Effect effect = Effect.HideObject.of(Set.of(Whole.UNMANAGED.label()));
        int number = 0;
        JsonNode spec = project.path("spec");
        reader.requireNoLike(rules, "spec", spec, ORPHANS);
        for (JsonNode each : reader.items(rules, "spec." + ORPHANS, spec.path(ORPHANS), "ignore")) {
            number++;
            String id = rules + "/" + number;
            try {
                Keys.require("", each, ORPHAN);
                String kind = Keys.text(each, "kind");
                String name = Keys.text(each, "name");
                Target target =
                        new GlobTarget(
                                Glob.of(Keys.text(each, "group")),
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
        String rules = "argocd:" + Kinds.name(application);
        int number = 0;
        for (JsonNode each : reader.items(rules, "spec", application.path("spec"), LIST)) {
            number++;
            String id = rules + "/" + number;
            try {
                Keys.require("", each, ITEM);
                effects(each, new Place(id, target(each)), reader);
            } catch (RuleException e) {
                reader.problem(id, e.getMessage());
            }
        }
    }

    /// The system-wide rules in `argocd-cm`.
    static void settings(JsonNode settings, RuleReader reader, InnerYaml yaml) {
        if (!Kinds.name(settings).equals(SETTINGS)) {
            reader.problem(
                    reader.origin(),
                    "the ConfigMap '"
                            + Kinds.name(settings)
                            + "' has no ignore rules; they stand in the one named "
                            + SETTINGS);
            return;
        }
        for (Map.Entry<String, JsonNode> each : settings.path("data").properties()) {
            String key = each.getKey();
            try {
                if (key.startsWith(IGNORE)) {
                    String name = key.substring(IGNORE.length());
                    customization(yaml.read(each.getValue().asText()), name, reader);
                } else if (key.equals(CUSTOMIZATIONS)) {
                    whole(yaml.read(each.getValue().asText()), reader, yaml);
                } else if (key.equals(OPTIONS)) {
                    options(yaml.read(each.getValue().asText()), reader);
                } else if (key.startsWith(KNOWN_TYPES)) {
                    reader.problem(key, "not used: types come from the kind's own schema");
                } else {
                    requireKnown(key);
                }
            } catch (RuleException e) {
                reader.problem(key, e.getMessage());
            }
        }
    }

    private static void requireKnown(String key) throws RuleException {
        String prefix = CUSTOMIZATIONS + ".";
        if (key.startsWith(prefix)
                && SORTS.stream().noneMatch(key.substring(prefix.length())::startsWith)) {
            throw new RuleException("not known, known is " + IGNORE + "<group>_<kind>");
        }
    }

    private static void customization(JsonNode rules, String name, RuleReader reader)
            throws RuleException {
        Keys.require("", rules, CRITERIA);
        effects(rules, customized(name), reader);
    }

    /// The older form: one text with `<group>/<kind>` → customisation.
    private static void whole(JsonNode all, RuleReader reader, InnerYaml yaml) {
        if (!all.isObject()) {
            reader.problem(CUSTOMIZATIONS, "must be an object with keys like apps/Deployment");
        }
        for (Map.Entry<String, JsonNode> each : all.properties()) {
            String name = each.getKey().equals("*/*") ? "all" : each.getKey().replace('/', '_');
            try {
                String text = Keys.text(each.getValue(), LIST);
                if (!text.isEmpty()) {
                    customization(yaml.read(text), name, reader);
                }
            } catch (RuleException e) {
                reader.problem(SETTINGS + ":" + name, e.getMessage());
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
        return new Place(SETTINGS + ":" + name, target);
    }

    private static Target target(JsonNode rule) throws RuleException {
        String kind = Keys.text(rule, "kind");
        if (kind.isEmpty()) {
            throw new RuleException("kind is missing");
        }
        return new GlobTarget(
                Glob.of(Keys.text(rule, "group")),
                Glob.of(kind),
                exact(Keys.text(rule, "namespace")),
                exact(Keys.text(rule, "name")));
    }

    private static @Nullable Glob exact(String text) {
        return text.isEmpty() ? null : Glob.exactly(text);
    }

    private static void effects(JsonNode rule, Place place, RuleReader reader)
            throws RuleException {
        List<String> pointers = Keys.texts(rule, "jsonPointers");
        List<String> expressions = Keys.texts(rule, "jqPathExpressions");
        Set<String> managers = new TreeSet<>(Keys.texts(rule, "managedFieldsManagers"));
        if (pointers.isEmpty() && expressions.isEmpty() && managers.isEmpty()) {
            throw new RuleException(
                    "names nothing to ignore; give one of " + new TreeSet<>(CRITERIA));
        }
        int number = 0;
        for (String each : pointers) {
            number++;
            String id = place.id() + "/pointer/" + number;
            String flaw =
                    each.isEmpty()
                            ? "'' names no field, so it hides nothing"
                            : PatchPointer.flaw(each);
            if (flaw != null) {
                reader.problem(id, flaw);
            }
            add(id, place, reader, () -> new Effect.RemovePointer(PatchPointer.of(each)));
        }
        number = 0;
        for (String each : expressions) {
            number++;
            String id = place.id() + "/jq/" + number;
            add(id, place, reader, () -> new Effect.RemovePaths(JqPath.of(each)));
        }
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
