package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Our own rules, kind `IgnoreRules` of `driftledger.dev/v1`; `docs/reference/ignore-rules.md` has
/// the format. A rule with a field that is not known is not used: it may say more than is read. Nor
/// is a document of another version.
final class OwnRules {
    static final String KIND = "driftledger.dev/IgnoreRules";

    private static final String VERSION = "driftledger.dev/v1";

    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "reason",
                    "expires",
                    "target",
                    "paths",
                    "owners",
                    "managers",
                    "differences");
    private static final Set<String> TARGET_FIELDS = Set.of("group", "kind", "namespace", "name");
    private static final Set<String> OWNERS =
            Set.of("human", "controller", "reconciler", "admission", "unknown");
    private static final Set<String> WHOLE =
            Whole.fieldsAnd(Whole.MISSING, Whole.EXTRA, Whole.UNMANAGED);
    private static final int TEXT_LENGTH_MAX = 500;
    private static final int PATHS_MAX = 100;

    private OwnRules() {}

    static void read(JsonNode document, RuleReader reader) {
        String version = document.path("apiVersion").asText();
        if (!version.equals(VERSION)) {
            reader.problem(
                    reader.origin(),
                    "IgnoreRules of "
                            + version
                            + " are not known, so none of them is used; known is "
                            + VERSION);
            return;
        }
        JsonNode rules = document.path("rules");
        if (!rules.isArray() || rules.isEmpty()) {
            reader.problem(reader.origin(), "rules must be a list of at least one rule");
            return;
        }
        int number = 0;
        for (JsonNode each : rules) {
            number++;
            String id = each.path("id").asText();
            try {
                reader.add(rule(each, reader.origin()));
            } catch (RuleException e) {
                String name = id.isEmpty() ? reader.origin() + " rule " + number : id;
                reader.problem(name, e.getMessage());
            }
        }
    }

    private static Rule rule(JsonNode rule, String origin) throws RuleException {
        Keys.require("", rule, FIELDS);
        Keys.require("target.", rule.path("target"), TARGET_FIELDS);
        return new Rule(
                text(rule, "id"),
                origin,
                text(rule, "reason"),
                expires(rule.path("expires").asText()),
                target(rule.path("target")),
                effect(rule));
    }

    /// Without paths it is about the whole resource, on whichever sides it is, and has to say what
    /// of it it hides: paths that were forgotten must not hide everything.
    private static Effect effect(JsonNode rule) throws RuleException {
        Set<String> kinds = known("differences", texts(rule, "differences"), WHOLE);
        Set<String> owners = known("owners", texts(rule, "owners"), OWNERS);
        Set<String> managers = texts(rule, "managers");
        if (!rule.has("paths")) {
            requireSome(kinds);
            return new Effect.HideObject(kinds, owners, managers);
        }
        List<FieldPattern> paths = new ArrayList<>();
        for (String each : texts(rule, "paths")) {
            paths.add(FieldPattern.of(each));
        }
        if (paths.isEmpty() || paths.size() > PATHS_MAX) {
            throw new RuleException(
                    "paths needs 1 to "
                            + PATHS_MAX
                            + " paths; without the field the rule is about the whole resource");
        }
        for (String each : kinds) {
            if (!Whole.FIELDS.contains(each)) {
                throw new RuleException(
                        "differences has '" + each + "', which no path can be about");
            }
        }
        return new Effect.HideFields(paths, kinds, owners, managers);
    }

    private static void requireSome(Set<String> kinds) throws RuleException {
        if (kinds.isEmpty()) {
            throw new RuleException(
                    "paths is missing, so the rule is about the whole resource: give paths, or"
                            + " list in differences which of "
                            + new TreeSet<>(WHOLE)
                            + " it hides");
        }
    }

    private static Target target(JsonNode target) throws RuleException {
        String kind = Keys.text(target, "kind");
        if (kind.isEmpty()) {
            throw new RuleException("target.kind is missing; '*' is any kind");
        }
        return new GlobTarget(
                Glob.of(Keys.text(target, "group")),
                Glob.of(kind),
                optional(Keys.text(target, "namespace")),
                optional(Keys.text(target, "name")));
    }

    private static @Nullable Glob optional(String glob) throws RuleException {
        return glob.isEmpty() ? null : Glob.of(glob);
    }

    /// A day ends with its end in UTC.
    private static @Nullable Instant expires(String text) throws RuleException {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Rfc3339.parse(text);
        } catch (DateTimeException | IllegalArgumentException _) {
            throw new RuleException("expires must be a day like 2027-01-31 or a time of RFC 3339");
        }
    }

    private static String text(JsonNode rule, String field) throws RuleException {
        String text = rule.path(field).asText();
        if (!rule.path(field).isTextual() || text.isBlank() || text.length() > TEXT_LENGTH_MAX) {
            throw new RuleException(
                    field + " must be a text of 1 to " + TEXT_LENGTH_MAX + " characters");
        }
        return text;
    }

    private static Set<String> texts(JsonNode rule, String field) throws RuleException {
        JsonNode list = rule.path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            throw new RuleException(field + " must be a list");
        }
        Set<String> texts = new TreeSet<>();
        for (JsonNode each : list) {
            if (!each.isTextual() || each.asText().isEmpty()) {
                throw new RuleException(field + " must be a list of texts");
            }
            texts.add(each.asText());
        }
        return texts;
    }

    private static Set<String> known(String field, Set<String> given, Set<String> known)
            throws RuleException {
        for (String each : given) {
            if (!known.contains(each)) {
                throw new RuleException(
                        field + " has '" + each + "', known are " + new TreeSet<>(known));
            }
        }
        return given;
    }
}
