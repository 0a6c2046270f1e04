package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.LocalManifests;
import dev.driftledger.desired.LocalManifests.Flaw;
import dev.driftledger.desired.LocalManifests.Located;
import dev.driftledger.drift.Comparator;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Explanation;
import dev.driftledger.drift.Generated;
import dev.driftledger.drift.Judgement;
import dev.driftledger.drift.OneSide;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Ownership;
import dev.driftledger.drift.Step;
import dev.driftledger.drift.Verdict;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pairs the objects of files by identity and judges each pair as the service would.
final class FileComparison {
    private static final String UNRELIABLE = "ownership-unreliable";
    private static final String NOT_GIVEN = "no managedFields were given";
    private static final String SCALER = "HorizontalPodAutoscaler";

    private static final String NO_LIVE =
            "holds nothing at all, not even an empty List, so what the cluster has is not known;"
                    + " see whether the command that made it failed";

    private static final String NO_OWNERSHIP =
            "no object has managedFields, so nobody can be named; give kubectl get"
                    + " --show-managed-fields";

    private final Terms terms;
    private final SortedMap<ResourceKey, Located> desired;
    private final SortedMap<ResourceKey, Located> live;
    private final SortedMap<ResourceKey, Located> applied;
    private final boolean isDesiredWhole;
    private final boolean isLiveWhole;
    private final boolean isOwnershipGiven;
    private final List<Flaw> flaws = new ArrayList<>();
    private final List<Flaw> warnings = new ArrayList<>();

    /// The files of one comparison.
    ///
    /// @param applied what was applied before; null when nobody says
    /// @param warnings about files beside these
    record Files(
            LocalManifests desired,
            LocalManifests live,
            @Nullable LocalManifests applied,
            List<LocalManifests> definitions,
            List<Flaw> warnings) {}

    /// What everything is judged by.
    ///
    /// @param schemasName where the schemas are from, for people
    /// @param applier field manager; null when any reconciler may be it
    record Terms(String schemasName, @Nullable String applier, Comparison.Criteria criteria) {}

    /// One resource.
    ///
    /// @param desired null when git does not name it
    /// @param live null when the cluster does not have it
    record Row(
            ResourceKey key,
            @Nullable Located desired,
            @Nullable Located live,
            Judgement judgement) {
        Verdict verdict() {
            return judgement.verdict();
        }

        /// Whether it makes the whole a drift.
        boolean counts() {
            return switch (verdict()) {
                case Verdict.InSync _, Verdict.Ignored _, Verdict.Unknown _ -> false;
                case Verdict.Drifted _, Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _ ->
                        true;
            };
        }

        boolean isUnknown() {
            return verdict() instanceof Verdict.Unknown;
        }
    }

    FileComparison(Files files, LocalManifests.Placing placing, Terms terms) {
        this.terms = terms;
        this.desired = keyed(files.desired(), placing);
        this.live = keyed(files.live(), placing);
        this.isDesiredWhole = files.desired().flaws().isEmpty();
        this.isLiveWhole = files.live().flaws().isEmpty() && !files.live().isBlank();
        this.isOwnershipGiven = live.isEmpty() || !managers().isEmpty();
        if (files.live().isBlank()) {
            flaws.add(new Flaw("--live", 0, NO_LIVE));
        }
        if (desired.isEmpty() && isDesiredWhole) {
            flaws.add(new Flaw("--desired", 0, "holds no object, so there is nothing to compare"));
        }
        LocalManifests before = files.applied();
        this.applied = before == null ? new TreeMap<>() : keyed(before, placing);
        files.definitions().forEach(file -> flaws.addAll(file.flaws()));
        warnings.addAll(files.warnings());
        warnAboutOwnership();
        RuleSet rules = terms.criteria().rules();
        for (RuleProblem problem : rules.problems()) {
            warnings.add(new Flaw("rules", 0, problem.rule() + " " + rules.words(problem)));
        }
    }

    private SortedMap<ResourceKey, Located> keyed(
            LocalManifests file, LocalManifests.Placing placing) {
        LocalManifests.Keyed keyed = file.keyed(placing);
        flaws.addAll(file.flaws());
        warnings.addAll(keyed.repeated());
        return keyed.objects();
    }

    private void warnAboutOwnership() {
        String applier = terms.applier();
        if (!isOwnershipGiven) {
            warnings.add(new Flaw("--live", 0, NO_OWNERSHIP));
        } else if (applier != null && !live.isEmpty() && !managers().contains(applier)) {
            String known = String.join(", ", managers());
            String words = "no live object has a field manager " + applier + "; there are " + known;
            warnings.add(new Flaw("--manager", 0, words));
        }
    }

    /// The field managers of all live objects.
    private SortedSet<String> managers() {
        SortedSet<String> names = new TreeSet<>();
        for (Located each : live.values()) {
            for (JsonNode entry : each.object().path("metadata").path("managedFields")) {
                if (entry.path("manager").isTextual()) {
                    names.add(entry.path("manager").textValue());
                }
            }
        }
        return names;
    }

    /// Why a difference is what it is, as far as the files can tell.
    String why(Difference difference) {
        return !isOwnershipGiven && difference.rule().equals(UNRELIABLE)
                ? "nobody can be told: " + NOT_GIVEN
                : difference.why(terms.applier());
    }

    Terms terms() {
        return terms;
    }

    /// What could not be read, in the order of the files.
    List<Flaw> flaws() {
        return flaws;
    }

    /// What was read and may not be what was meant, and rules that do nothing.
    ///
    /// @param rows of this comparison
    List<Flaw> warnings(List<Row> rows) {
        List<Flaw> all = new ArrayList<>(warnings);
        all.addAll(IdleRules.of(terms.criteria().rules(), desired, live, rows));
        return all;
    }

    /// How many live objects nobody names and nobody needs to name.
    long othersCount() {
        return live.keySet().stream()
                .filter(key -> !desired.containsKey(key) && !applied.containsKey(key))
                .filter(key -> unmanaged(key) == null)
                .count();
    }

    /// Every resource that git names, named before, or should name, by identity.
    List<Row> rows() {
        Set<ResourceKey> keys = new TreeSet<>(desired.keySet());
        keys.addAll(live.keySet());
        List<Row> rows = new ArrayList<>();
        for (ResourceKey key : keys) {
            Judgement judgement = judgement(key);
            if (judgement != null) {
                rows.add(new Row(key, desired.get(key), live.get(key), judgement));
            }
        }
        return rows;
    }

    /// Null when it is nobody's business.
    private @Nullable Judgement judgement(ResourceKey key) {
        Located wanted = desired.get(key);
        Located found = live.get(key);
        if (wanted != null && found != null) {
            return Comparator.judge(comparison(key, wanted, found));
        }
        Verdict verdict = oneSided(key, found);
        Located side = wanted == null ? found : wanted;
        return verdict == null || side == null
                ? null
                : OneSide.judge(terms.criteria().rules(), verdict, side.object());
    }

    private @Nullable Verdict oneSided(ResourceKey key, @Nullable Located found) {
        if (found == null) {
            return isLiveWhole
                    ? new Verdict.Missing()
                    : new Verdict.Unknown("--live was not read whole, so it may be there");
        }
        Verdict verdict =
                applied.containsKey(key)
                        ? new Verdict.Extra(
                                Ownership.creator(found.object(), terms.criteria().managers()))
                        : unmanaged(key);
        return verdict == null || isDesiredWhole
                ? verdict
                : new Verdict.Unknown("--desired was not read whole, so it may be named there");
    }

    /// Why the verdict of a resource is what it is.
    Explanation explain(Row row) {
        Located wanted = row.desired();
        Located found = row.live();
        if (wanted == null || found == null) {
            return new Explanation(row.verdict(), oneSided(row));
        }
        Explanation explanation = Explanation.of(comparison(row.key(), wanted, found));
        if (isOwnershipGiven) {
            return explanation;
        }
        List<Step> steps = new ArrayList<>(explanation.steps());
        steps.addFirst(new Step("", Step.Stage.INPUT, "managed-fields", NOT_GIVEN));
        return new Explanation(explanation.verdict(), steps);
    }

    private List<Step> oneSided(Row row) {
        List<Step> steps = new ArrayList<>(Step.problems(terms.criteria().rules()));
        steps.addAll(OneSided.steps(row, applied.get(row.key())));
        return steps;
    }

    private Comparison comparison(ResourceKey key, Located wanted, Located found) {
        Located before = applied.get(key);
        return new Comparison(
                wanted.object(),
                found.object(),
                new Comparison.Background(
                        before == null ? List.of() : List.of(before.object()),
                        terms.applier(),
                        scalers(key)),
                terms.criteria());
    }

    private List<ObjectNode> scalers(ResourceKey target) {
        return live.entrySet().stream()
                .filter(each -> each.getKey().kind().equals(SCALER))
                .filter(each -> each.getKey().namespace().equals(target.namespace()))
                .map(each -> each.getValue().object())
                .toList();
    }

    /// In a namespace that git uses, and made by a person or by somebody unknown.
    private @Nullable Verdict unmanaged(ResourceKey key) {
        Located found = live.get(key);
        if (found == null
                || !namespaces().contains(key.namespace())
                || key.namespace().isEmpty()
                || key.namespace().startsWith("kube-")
                || Generated.isKind(key.kind())
                || Generated.is(key, found.object())
                || !found.object().path("metadata").path("ownerReferences").isEmpty()) {
            return null;
        }
        Owner creator = Ownership.creator(found.object(), terms.criteria().managers());
        return switch (creator.type()) {
            case HUMAN, UNKNOWN -> new Verdict.Unmanaged(creator);
            case CONTROLLER, RECONCILER, ADMISSION -> null;
        };
    }

    private Set<String> namespaces() {
        return desired.keySet().stream().map(ResourceKey::namespace).collect(Collectors.toSet());
    }
}
