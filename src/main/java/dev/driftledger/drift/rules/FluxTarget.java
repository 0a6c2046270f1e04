package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects by a Flux `target`: every part that is given must match. The five names are regular
/// expressions over the whole name, the selectors are label selection expressions
/// (fluxcd/pkg ssa/jsondiff/selector.go). As Flux does, it looks at the desired object.
final class FluxTarget implements Target {
    private static final List<String> NAMES =
            List.of("group", "version", "kind", "name", "namespace");
    private static final Set<String> KEYS =
            Set.of(
                    "group",
                    "version",
                    "kind",
                    "name",
                    "namespace",
                    "labelSelector",
                    "annotationSelector");

    private final List<@Nullable Pattern> patterns;
    private final @Nullable LabelSelector labels;
    private final @Nullable LabelSelector annotations;

    private FluxTarget(
            List<@Nullable Pattern> patterns,
            @Nullable LabelSelector labels,
            @Nullable LabelSelector annotations) {
        this.patterns = patterns;
        this.labels = labels;
        this.annotations = annotations;
    }

    /// @param target the document's part; missing or empty for every object
    /// @throws RuleException when a part of it is no expression or not known
    static FluxTarget of(JsonNode target) throws RuleException {
        Keys.require("target.", target, KEYS);
        List<@Nullable Pattern> patterns = new ArrayList<>();
        for (String name : NAMES) {
            patterns.add(pattern(name, Keys.text(target, name)));
        }
        return new FluxTarget(
                patterns,
                selector(Keys.text(target, "labelSelector")),
                selector(Keys.text(target, "annotationSelector")));
    }

    @Override
    public @Nullable String onlyKind() {
        return null;
    }

    @Override
    public boolean matches(JsonNode desired, JsonNode live) {
        List<String> values =
                List.of(
                        Kinds.group(desired),
                        Kinds.version(desired),
                        Kinds.kind(desired),
                        Kinds.name(desired),
                        Kinds.namespace(desired));
        for (int i = 0; i < values.size(); i++) {
            Pattern pattern = patterns.get(i);
            if (pattern != null && !pattern.matches(values.get(i))) {
                return false;
            }
        }
        JsonNode metadata = desired.path("metadata");
        return (labels == null || labels.matches(metadata.path("labels")))
                && (annotations == null || annotations.matches(metadata.path("annotations")));
    }

    private static @Nullable Pattern pattern(String name, String regex) throws RuleException {
        if (regex.isEmpty()) {
            return null;
        }
        try {
            return Expressions.compile("^(?:" + regex + ")$", 0);
        } catch (RuleException e) {
            throw new RuleException("target." + name + ": " + e.getMessage());
        }
    }

    private static @Nullable LabelSelector selector(String text) throws RuleException {
        return text.isEmpty() ? null : LabelSelector.of(text);
    }
}
