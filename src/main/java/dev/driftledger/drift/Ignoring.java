package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.Effect;
import dev.driftledger.drift.rules.Rule;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.model.ObjectBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets ignore rules say which differences do not count.
///
/// Rules of the removing sort take nodes out of both sides, which are then compared anew: a
/// difference is hidden when nothing of it is left. Rules of the other sort look at the difference
/// itself. No rule can bring a difference in, and nothing that is hidden gets lost: it is a note.
final class Ignoring {
    private static final Set<String> NO_SUBSTANCE =
            Set.of("apiVersion", "kind", "metadata", "status");

    private final Comparison comparison;
    private final Verdict.Drifted plain;
    private final List<Rule> rules;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Map<Rule, PathSet> removed = new LinkedHashMap<>();
    private final Map<Rule, List<Difference>> hidden = new LinkedHashMap<>();
    private final List<Difference> left = new ArrayList<>();

    private Ignoring(Comparison comparison, Verdict.Drifted plain, List<Rule> rules) {
        this.comparison = comparison;
        this.plain = plain;
        this.rules = rules;
    }

    /// The verdict with the rules applied to it.
    static Judgement judge(Comparison comparison, Verdict plain) {
        if (plain instanceof Verdict.Drifted drifted) {
            List<Rule> rules =
                    comparison.criteria().rules().about(comparison.desired(), comparison.live());
            if (!rules.isEmpty()) {
                return new Ignoring(comparison, drifted, rules).judgement();
            }
        }
        return new Judgement(plain, List.of(), List.of());
    }

    private Judgement judgement() {
        List<Difference> rest = new ArrayList<>();
        FieldOwners owners = FieldOwners.of(comparison.live());
        for (Difference difference : plain.differences()) {
            Rule rule = hiding(difference, owners);
            if (rule == null) {
                rest.add(difference);
            } else {
                hide(rule, difference);
            }
        }
        if (!rest.isEmpty() && rules.stream().anyMatch(rule -> removes(rule.effect()))) {
            prune(rest);
        } else {
            left.addAll(rest);
        }
        return new Judgement(verdict(), hidings(), problems);
    }

    private Verdict verdict() {
        List<Difference> notes = new ArrayList<>(plain.notes());
        hidden.forEach((rule, differences) ->
                differences.forEach(each -> notes.add(each.ignoredBy(rule.id()))));
        notes.sort(Comparator.BY_PATH);
        if (!left.isEmpty()) {
            return new Verdict.Drifted(left, notes, plain.certainty());
        }
        return new Verdict.Ignored(notes, plain.certainty());
    }

    private void hide(Rule rule, Difference difference) {
        hidden.computeIfAbsent(rule, _ -> new ArrayList<>()).add(difference);
    }

    /// The first rule that hides a difference by looking at it; null when none does.
    private @Nullable Rule hiding(Difference difference, FieldOwners owners) {
        for (Rule rule : rules) {
            boolean hides =
                    switch (rule.effect()) {
                        case Effect.HideObject whole ->
                                hides(whole, difference.kind().label(), difference.owner());
                        case Effect.HideFields fields -> hides(fields, difference);
                        case Effect.TrustManagers(Set<String> managers) ->
                                isModifiedBy(managers, difference, owners);
                        case Effect.RemovePointer _, Effect.RemovePaths _ -> false;
                    };
            if (hides) {
                return rule;
            }
        }
        return null;
    }

    private static boolean hides(Effect.HideFields fields, Difference difference) {
        Effect.HideObject anywhere =
                new Effect.HideObject(fields.kinds(), fields.owners(), fields.managers());
        return hides(anywhere, difference.kind().label(), difference.owner())
                && fields.paths().stream().anyMatch(each -> each.covers(difference.path()));
    }

    /// Whether an effect hides a kind of difference by somebody.
    ///
    /// @param owner null when nobody is known whom one could ask for
    static boolean hides(Effect.HideObject effect, String kind, @Nullable Owner owner) {
        String type = owner == null ? null : owner.type().label();
        String manager = owner == null ? null : owner.manager();
        return (effect.kinds().isEmpty() || effect.kinds().contains(kind))
                && (effect.owners().isEmpty() || (type != null && effect.owners().contains(type)))
                && (effect.managers().isEmpty()
                        || (manager != null && effect.managers().contains(manager)));
    }

    /// Both sides have the field, and one of the managers owns it in the live object.
    private static boolean isModifiedBy(
            Set<String> managers, Difference difference, FieldOwners owners) {
        return difference.kind() == Difference.Kind.CHANGED
                && difference.desired() != null
                && difference.live() != null
                && owners.entries().stream()
                        .filter(entry -> managers.contains(entry.manager()))
                        .anyMatch(entry -> entry.ownsExactly(difference.path()));
    }

    private void prune(List<Difference> differences) {
        Gvk gvk = Gvk.of(comparison.live());
        Shape found = comparison.criteria().schemas().find(gvk.group(), gvk.version(), gvk.kind());
        Shape shape = found == null ? Shape.ANY : found;
        Pruned desired = new Pruned(comparison.desired(), shape);
        Pruned live = new Pruned(comparison.live(), shape);
        for (Rule rule : rules) {
            if (removes(rule.effect())) {
                remove(rule, desired, live);
            }
        }
        if (removed.isEmpty()) {
            left.addAll(differences);
            return;
        }
        Comparison rest = comparison.withSides(desired.tree(), live.tree());
        Positions positions = live.positions().and(desired.positions());
        Verdict again = Comparator.compare(rest, positions, Silence.KEPT);
        List<Difference> still =
                again instanceof Verdict.Drifted drifted ? drifted.differences() : List.of();
        Map<String, Difference> byPath = new HashMap<>();
        still.forEach(each -> byPath.put(each.path(), each));
        PathSet touched = new PathSet(byPath.keySet());
        for (Difference each : differences) {
            settle(each, byPath.get(each.path()), touched.overlaps(each.path()));
        }
    }

    /// On each side by itself: a rule that fails on one may still work on the other, as in Argo CD.
    private void remove(Rule rule, Pruned desired, Pruned live) {
        List<String> paths = new ArrayList<>();
        Set<RuleProblem> failures = new LinkedHashSet<>();
        for (Pruned side : List.of(live, desired)) {
            try {
                paths.addAll(side.remove(rule.effect()));
            } catch (RuleException e) {
                failures.add(new RuleProblem(rule.id(), e.getMessage()));
            }
        }
        problems.addAll(failures);
        if (!paths.isEmpty()) {
            removed.put(rule, new PathSet(paths));
        }
    }

    /// What is left of a difference counts; what is not is hidden. What a rule takes out of one
    /// side only is still the difference that it was.
    ///
    /// @param same what is left at the very path; null when nothing is
    /// @param touched whether anything is left there, around it or below it
    private void settle(Difference difference, @Nullable Difference same, boolean touched) {
        if (!touched) {
            hide(culprit(difference), difference);
        } else if (same == null || same.kind() != difference.kind() || same.equals(difference)) {
            left.add(difference);
        } else {
            left.add(same);
            hide(culprit(difference), difference);
        }
    }

    /// The first rule that took something out there; rules that work from afar, by moving what is
    /// compared with what, share the blame with the first that took anything out.
    private Rule culprit(Difference difference) {
        for (Map.Entry<Rule, PathSet> each : removed.entrySet()) {
            if (each.getValue().overlaps(difference.path())) {
                return each.getKey();
            }
        }
        return removed.keySet().iterator().next();
    }

    private List<Hiding> hidings() {
        List<Hiding> hidings = new ArrayList<>();
        for (Rule rule : rules) {
            List<Difference> differences = hidden.get(rule);
            if (differences != null) {
                hidings.add(hiding(rule, differences));
            }
        }
        return hidings;
    }

    private Hiding hiding(Rule rule, List<Difference> differences) {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        int fieldsCount = 0;
        for (Difference each : differences) {
            ObjectNode row = content.addObject().put("path", each.path());
            row.set("desired", each.desired());
            row.set("live", each.live());
            fieldsCount += Math.max(leaves(each.desired()), leaves(each.live()));
        }
        return new Hiding(
                rule.id(),
                rule.origin(),
                rule.reason(),
                fieldsCount,
                ObjectBytes.digest(content),
                hidesEverything(rule, differences),
                null);
    }

    private boolean hidesEverything(Rule rule, List<Difference> differences) {
        return switch (rule.effect()) {
            case Effect.HideObject whole ->
                    whole.isComplete() || (hidesAll(rule) && !substance(differences).isEmpty());
            case Effect.HideFields fields ->
                    (fields.isComplete() || hidesAll(rule))
                            && substance(differences).stream()
                                    .anyMatch(top ->
                                            fields.paths().stream().anyMatch(p -> p.covers(top)));
            case Effect.RemovePointer _, Effect.RemovePaths _ -> takesSubstance(removed.get(rule));
            case Effect.TrustManagers _ -> false;
        };
    }

    private static boolean takesSubstance(@Nullable PathSet taken) {
        return taken != null
                && taken.all().stream()
                        .anyMatch(path -> path.equals(top(path)) && !NO_SUBSTANCE.contains(path));
    }

    /// Whether nothing that counts is left, by this rule alone.
    private boolean hidesAll(Rule rule) {
        return left.isEmpty() && hidden.keySet().equals(Set.of(rule));
    }

    /// Names of the parts, such as `spec`, in which differences of substance are.
    private static Set<String> substance(List<Difference> differences) {
        return differences.stream()
                .map(each -> top(each.path()))
                .filter(top -> !NO_SUBSTANCE.contains(top))
                .collect(Collectors.toSet());
    }

    private static boolean removes(Effect effect) {
        return effect instanceof Effect.RemovePointer || effect instanceof Effect.RemovePaths;
    }

    private static String top(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return path.substring(0, end);
    }

    static int leaves(@Nullable JsonNode node) {
        if (node == null) {
            return 0;
        }
        int count = node.isContainerNode() ? 0 : 1;
        for (JsonNode each : node) {
            count += leaves(each);
        }
        return Math.max(count, 1);
    }
}
