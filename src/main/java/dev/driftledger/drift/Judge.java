package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Difference.Kind;
import dev.driftledger.drift.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says of each difference what sort it is, who owns it and how bad it is.
final class Judge implements Findings {
    private static final String RENDERED_TWICE = "rendered-twice";
    private static final String LEFT_BEHIND = "left-in-data";
    private static final String ALLOCATED = "the platform fills it in";

    /// A field that the API server fills in of the older one, to which alone its owner is noted.
    private static final String RENAMED = ".serviceAccountName";

    private static final String OLDER = ".serviceAccount";

    private static final Severities.Row HARMLESS = new Severities.Row("*", "**", Severity.INFO);
    private static final Severities.Row SCALED =
            new Severities.Row("*", AutoscalerRange.PATH, Severity.LOW);

    private static final Owner SERVER =
            new Owner(
                    Owner.Type.ADMISSION, null, null, null, null, null, Owner.Evidence.FINAL_STATE);

    private final Comparison comparison;
    private final Trace trace;
    private final String kind;
    private final Applier applier;
    private final OnTheWay onTheWay;
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable FieldOwners decoded;
    private boolean deep;

    Judge(Comparison comparison, Trace trace) {
        this.comparison = comparison;
        this.trace = trace;
        this.kind = comparison.live().path("kind").asText();
        this.applier = new Applier(comparison);
        this.onTheWay = new OnTheWay(applier);
    }

    List<Difference> differences() {
        return differences;
    }

    boolean wasTooDeep() {
        return deep;
    }

    @Override
    public boolean isDone() {
        return deep;
    }

    @Override
    public void tooDeep(int depth) {
        deep |= depth > Comparator.DEPTH_MAX;
    }

    @Override
    public void changed(Place at, JsonNode desired, JsonNode live, String rule) {
        String path = at.path().spelled();
        if (isRandom(at.path())) {
            add(path, Kind.NONDETERMINISTIC, desired, live, Owner.UNKNOWN, RENDERED_TWICE);
            return;
        }
        FieldOwners.Entry entry = ownerOf(path, live);
        String allocation = Allocations.rule(kind, path);
        boolean open = Emptiness.saysNothing(at, desired) || isPlaceholder(allocation, entry);
        // Where nobody knows who applies, the stranger may be who wrote the empty value.
        boolean chosen =
                applier.isKnown() && allocation != null
                        ? isForeign(entry, allocation)
                        : isHuman(entry);
        if (allocation != null && open && !chosen) {
            trace.reason(path, Stage.DEFAULT, allocation, ALLOCATED);
            add(path, Kind.SIDE_EFFECT, desired, live, owner(entry), allocation);
        } else if (ControllerFields.mayChange(kind, path) && isController(entry)) {
            trace.reason(path, Stage.OWNER, "controller", "a controller is known to take it over");
            add(path, Kind.CONTROLLED, desired, live, owner(entry), "controller");
        } else if (isAdmission(entry)) {
            add(path, Kind.OVERLAY, desired, live, owner(entry), "admission");
        } else if (wasChangedOnTheWay(at, desired, live, entry)) {
            trace.reason(path, Stage.OWNER, OnTheWay.RULE, OnTheWay.WORDS);
            add(path, Kind.OVERLAY, desired, live, SERVER, OnTheWay.RULE);
        } else {
            add(path, Kind.CHANGED, desired, live, owner(entry), rule);
        }
    }

    @Override
    public void removed(Place at, JsonNode desired) {
        String path = at.path().spelled();
        boolean random = isRandom(at.path());
        Kind sort = random ? Kind.NONDETERMINISTIC : Kind.REMOVED;
        add(path, sort, desired, null, Owner.UNKNOWN, random ? RENDERED_TWICE : "removed");
    }

    @Override
    public void equivalent(Place at, JsonNode desired, @Nullable JsonNode live, String rule) {
        String path = at.path().spelled();
        add(path, Kind.EQUIVALENT, desired, live, Owner.UNKNOWN, rule);
    }

    @Override
    public void extra(Place at, JsonNode live, @Nullable JsonNode standard) {
        if (KnownMetadata.isLastApplied(at.path())) {
            trace.passedOver(KnownMetadata.LAST_APPLIED, "the applier's copy of the manifest");
            return;
        }
        String path = at.path().spelled();
        if (isRandom(at.path())) {
            add(path, Kind.NONDETERMINISTIC, null, live, Owner.UNKNOWN, RENDERED_TWICE);
            return;
        }
        FieldOwners.Entry entry = ownerOf(path, live);
        String derived = Derived.rule(comparison.desired(), comparison.live(), at.path());
        String allocation = derived == null ? Allocations.rule(kind, path) : derived;
        if (allocation != null && (derived != null || !isForeign(entry, allocation))) {
            trace.reason(path, Stage.DEFAULT, allocation, ALLOCATED);
            add(path, Kind.SIDE_EFFECT, null, live, owner(entry), allocation);
        } else if (KnownMetadata.isMark(at.path()) && !isHuman(entry)) {
            trace.reason(path, Stage.DEFAULT, "tool-mark", "a tool's mark on its own objects");
            add(path, Kind.CONTROLLED, null, live, owner(entry), "tool-mark");
        } else if (entry == null) {
            unowned(at, live, standard);
        } else if (applier.is(entry)) {
            applied(at, live, standard, entry);
        } else {
            foreign(path, live, standard, entry);
        }
    }

    /// What a person wrote into an object of a kind that is not built in is a change: only its
    /// controller knows whether `enabled: false` or `selfSigned: {}` is the same as nothing there.
    @Override
    public void empty(Place at, JsonNode live) {
        String path = at.shape().isBuiltIn() ? "metadata" : at.path().spelled();
        FieldOwners.Entry entry = path.startsWith("metadata") ? null : ownerOf(path, live);
        if (entry != null && isHuman(entry)) {
            foreign(path, live, null, entry);
        } else {
            trace.empty(at, live);
        }
    }

    /// Nobody owns it: the API server itself wrote it, unless ownership was erased. Replicas that
    /// are not the default were scaled: a scale of what nobody owned is noted nowhere.
    private void unowned(Place at, JsonNode live, @Nullable JsonNode standard) {
        String path = at.path().spelled();
        if (SecretData.outlivesItsOwner(comparison.live(), at.path())
                && applier.everNamed(at.path())) {
            trace.reason(path, Stage.OWNER, LEFT_BEHIND, "nobody owns it, and git once named it");
            add(path, Kind.EXTRA_OWNED, null, live, Owner.UNKNOWN, LEFT_BEHIND);
        } else if (!isUnreliable() && !path.equals(AutoscalerRange.PATH)) {
            trace.reason(path, Stage.OWNER, "admission", "unowned: the API server itself wrote it");
            add(path, Kind.CONTROLLED, standard, live, SERVER, "admission");
        } else if (standard != null) {
            add(path, Kind.CHANGED, standard, live, Owner.UNKNOWN, "default");
        } else {
            add(path, Kind.OVERLAY, null, live, Owner.UNKNOWN, "ownership-unreliable");
        }
    }

    /// The applier owns it, and git does not name it: what git once named was left behind; what
    /// git never named came with the applier's own bookkeeping, an older default or admission.
    private void applied(
            Place at, JsonNode live, @Nullable JsonNode standard, FieldOwners.Entry entry) {
        String path = at.path().spelled();
        boolean named = applier.everNamed(at.path());
        boolean own = KnownMetadata.isOwnMetadata(at.path());
        boolean sent = entry.operation().equals("Apply") && !own;
        boolean unclear = standard == null && !own && !applier.hasHistory();
        trace.reason(path, Stage.OWNER, "applier", applied(named, sent, unclear));
        if (named || sent || unclear) {
            add(path, Kind.EXTRA_OWNED, null, live, owner(entry), "left-by-applier");
        } else {
            String rule = own ? "applier-bookkeeping" : "written-with-apply";
            add(path, Kind.CONTROLLED, standard, live, owner(entry), rule);
        }
    }

    private static String applied(boolean named, boolean sent, boolean unclear) {
        if (named) {
            return "its applier owns it, and git once named it";
        }
        if (sent) {
            return "its applier sent it, and git does not name it";
        }
        return unclear
                ? "its applier owns it, and nothing is known of what was applied before"
                : "its applier owns it, and git never named it: it came along with an apply";
    }

    private void foreign(
            String path, JsonNode live, @Nullable JsonNode standard, FieldOwners.Entry entry) {
        Owner owner = owner(entry);
        switch (owner.type()) {
            case CONTROLLER, ADMISSION ->
                    add(path, Kind.CONTROLLED, standard, live, owner, owner.type().label());
            case HUMAN, RECONCILER, UNKNOWN -> {
                if (standard == null) {
                    add(path, Kind.OVERLAY, null, live, owner, "added");
                } else {
                    add(path, Kind.CHANGED, standard, live, owner, "default");
                }
            }
        }
    }

    /// Replicas of something that an autoscaler moves.
    void scaled(AutoscalerRange range, @Nullable JsonNode desired, JsonNode live) {
        String path = AutoscalerRange.PATH;
        FieldOwners.Entry entry = ownerOf(path, live);
        Owner owner = owner(entry);
        trace.reason(path, Stage.DEFAULT, "autoscaler-range", "an autoscaler moves the replicas");
        if (!range.holds(live)) {
            add(path, Kind.CHANGED, desired, live, owner, "autoscaler-range");
            return;
        }
        boolean someone = owner.type() == Owner.Type.HUMAN || owner.type() == Owner.Type.UNKNOWN;
        boolean meant = entry == null ? !isUnreliable() : applier.is(entry) || !someone;
        Kind sort = meant ? Kind.EXPECTED_DYNAMIC : Kind.OVERLAY;
        add(
                new Difference(
                        path, sort, desired, live, owner, SCALED.severity(), "autoscaler-range"),
                SCALED);
    }

    void note(String path, Kind sort, @Nullable JsonNode desired, @Nullable JsonNode live) {
        add(path, sort, desired, live, owner(ownerOf(path)), "aggregated-rules");
    }

    private void add(
            String path,
            Kind sort,
            @Nullable JsonNode desired,
            @Nullable JsonNode live,
            Owner owner,
            String rule) {
        Severities.Row row =
                sort.counts() ? comparison.criteria().severities().of(kind, path) : HARMLESS;
        add(new Difference(path, sort, desired, live, owner, row.severity(), rule), row);
    }

    private void add(Difference difference, Severities.Row severity) {
        differences.add(difference);
        trace.judged(difference, severity);
    }

    private FieldOwners.@Nullable Entry ownerOf(String path) {
        FieldOwners.Entry entry = owners().ownerOf(path);
        if (entry == null && path.endsWith(RENAMED)) {
            entry = owners().ownerOf(path.substring(0, path.length() - RENAMED.length()) + OLDER);
        }
        trace.owned(path, entry, applier);
        return entry;
    }

    /// Who wrote what stands at a path, as well as can be told.
    private FieldOwners.@Nullable Entry ownerOf(String path, JsonNode live) {
        FieldOwners.Entry entry = ownerOf(path);
        FieldOwners.Entry author = author(entry, path, live);
        if (author == null) {
            return entry;
        }
        String how = entry == null ? "its entry is gone" : "its owner only took it over";
        String words = Spelling.text(author.manager()) + " wrote it: " + how;
        trace.reason(path, Stage.OWNER, "taken-over", words);
        return author;
    }

    /// Who wrote what nobody owns any more, or a controller, admission or the applier owns without
    /// having changed it, where the history names somebody else than one of these; null else.
    private FieldOwners.@Nullable Entry author(
            FieldOwners.@Nullable Entry entry, String path, JsonNode live) {
        boolean doubtful = entry == null || isTrusted(entry);
        Owner author = doubtful ? comparison.background().authors().of(path, live) : null;
        if (author == null || author.manager() == null) {
            return null;
        }
        FieldOwners.Entry wrote = FieldOwners.Entry.of(author.manager(), author);
        boolean same = entry != null && wrote.manager().equals(entry.manager());
        return same || isTrusted(wrote) ? null : wrote;
    }

    /// Whether it is one who may write what git does not say.
    private boolean isTrusted(FieldOwners.Entry entry) {
        return applier.is(entry) || isController(entry) || isAdmission(entry);
    }

    /// Whether two renderings of one revision say different things here.
    private boolean isRandom(FieldPath path) {
        ObjectNode again = comparison.background().again();
        return again != null && !path.in(comparison.desired()).equals(path.in(again));
    }

    private boolean wasChangedOnTheWay(
            Place at, JsonNode desired, JsonNode live, FieldOwners.@Nullable Entry entry) {
        return entry != null
                && onTheWay.isChange(new OnTheWay.Sides(at, desired, live), owners(), entry);
    }

    private boolean isAdmission(FieldOwners.@Nullable Entry entry) {
        return entry != null && owner(entry).type() == Owner.Type.ADMISSION;
    }

    /// A CA bundle in git is a placeholder that the injector replaces.
    private boolean isPlaceholder(@Nullable String allocation, FieldOwners.@Nullable Entry entry) {
        return "allocated:ca-bundle".equals(allocation) && isController(entry);
    }

    private boolean isHuman(FieldOwners.@Nullable Entry entry) {
        return entry != null && !applier.is(entry) && owner(entry).type() == Owner.Type.HUMAN;
    }

    /// Whether somebody chose what the platform allocates: what the API server itself makes up is
    /// in nobody's entry, so there a stranger's entry tells as much as a person's.
    private boolean isForeign(FieldOwners.@Nullable Entry entry, String allocation) {
        boolean stranger =
                entry != null
                        && !applier.is(entry)
                        && !entry.manager().equals(Ownership.BEFORE_FIRST_APPLY)
                        && owner(entry).type() == Owner.Type.UNKNOWN;
        return isHuman(entry) || (stranger && Allocations.isByServer(allocation));
    }

    private boolean isUnreliable() {
        return Ownership.unreliable(owners());
    }

    /// Decoded when the first difference asks for it: most objects have none.
    private FieldOwners owners() {
        FieldOwners known = decoded;
        if (known == null) {
            known = FieldOwners.of(comparison.live());
            decoded = known;
        }
        return known;
    }

    private boolean isController(FieldOwners.@Nullable Entry entry) {
        return entry != null && owner(entry).type() == Owner.Type.CONTROLLER;
    }

    private Owner owner(FieldOwners.@Nullable Entry entry) {
        if (entry == null) {
            return Owner.UNKNOWN;
        }
        Owner owner = entry.owner(comparison.criteria().managers(), Owner.Evidence.FINAL_STATE);
        return applier.is(entry) ? owner.withType(Owner.Type.RECONCILER) : owner;
    }
}
