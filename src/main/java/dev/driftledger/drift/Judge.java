package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says of each difference what sort it is, who owns it and how bad it is.
final class Judge implements Findings {
    private final Comparison comparison;
    private final String kind;
    private final Applier applier;
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable FieldOwners decoded;
    private boolean deep;

    Judge(Comparison comparison) {
        this.comparison = comparison;
        this.kind = comparison.live().path("kind").asText();
        this.applier = new Applier(comparison);
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
        FieldOwners.Entry entry = owners().ownerOf(path);
        String allocation = Allocations.rule(kind, path);
        boolean open = Emptiness.saysNothing(at, desired) || isPlaceholder(allocation, entry);
        if (allocation != null && open && !isHuman(entry)) {
            add(path, Kind.SIDE_EFFECT, desired, live, owner(entry), allocation);
        } else if (ControllerFields.mayChange(kind, path) && isController(entry)) {
            add(path, Kind.CONTROLLED, desired, live, owner(entry), "controller");
        } else {
            add(path, Kind.CHANGED, desired, live, owner(entry), rule);
        }
    }

    @Override
    public void removed(Place at, JsonNode desired) {
        add(at.path().spelled(), Kind.REMOVED, desired, null, Owner.UNKNOWN, "removed");
    }

    @Override
    public void equivalent(Place at, JsonNode desired, @Nullable JsonNode live, String rule) {
        String path = at.path().spelled();
        add(path, Kind.EQUIVALENT, desired, live, Owner.UNKNOWN, rule);
    }

    @Override
    public void extra(Place at, JsonNode live, @Nullable JsonNode standard) {
        if (KnownMetadata.isLastApplied(at.path())) {
            return;
        }
        String path = at.path().spelled();
        FieldOwners.Entry entry = owners().ownerOf(path);
        String allocation = Allocations.rule(kind, path);
        if (allocation != null && !isHuman(entry)) {
            add(path, Kind.SIDE_EFFECT, null, live, owner(entry), allocation);
        } else if (KnownMetadata.isMark(at.path()) && !isHuman(entry)) {
            add(path, Kind.CONTROLLED, null, live, owner(entry), "tool-mark");
        } else if (entry == null) {
            unowned(path, live, standard);
        } else if (applier.is(entry)) {
            applied(at, live, standard, entry);
        } else {
            foreign(path, live, standard, entry);
        }
    }

    /// Nobody owns it: the API server itself wrote it, unless ownership was erased.
    private void unowned(String path, JsonNode live, @Nullable JsonNode standard) {
        if (!isUnreliable()) {
            Owner server =
                    new Owner(
                            Owner.Type.ADMISSION,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Owner.Evidence.FINAL_STATE);
            add(path, Kind.CONTROLLED, standard, live, server, "admission");
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
        if (named || sent || unclear) {
            add(path, Kind.EXTRA_OWNED, null, live, owner(entry), "left-by-applier");
        } else {
            String rule = own ? "applier-bookkeeping" : "written-with-apply";
            add(path, Kind.CONTROLLED, standard, live, owner(entry), rule);
        }
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
        FieldOwners.Entry entry = owners().ownerOf(path);
        Owner owner = owner(entry);
        if (!range.holds(live)) {
            add(path, Kind.CHANGED, desired, live, owner, "autoscaler-range");
            return;
        }
        boolean someone = owner.type() == Owner.Type.HUMAN || owner.type() == Owner.Type.UNKNOWN;
        boolean meant = entry == null ? !isUnreliable() : applier.is(entry) || !someone;
        Kind sort = meant ? Kind.EXPECTED_DYNAMIC : Kind.OVERLAY;
        differences.add(
                new Difference(path, sort, desired, live, owner, Severity.LOW, "autoscaler-range"));
    }

    void note(String path, Kind sort, @Nullable JsonNode desired, @Nullable JsonNode live) {
        add(path, sort, desired, live, owner(owners().ownerOf(path)), "aggregated-rules");
    }

    private void add(
            String path,
            Kind sort,
            @Nullable JsonNode desired,
            @Nullable JsonNode live,
            Owner owner,
            String rule) {
        Severity severity = sort.counts() ? Severities.of(kind, path) : Severity.INFO;
        differences.add(new Difference(path, sort, desired, live, owner, severity, rule));
    }

    /// A CA bundle in git is a placeholder that the injector replaces.
    private boolean isPlaceholder(@Nullable String allocation, FieldOwners.@Nullable Entry entry) {
        return "allocated:ca-bundle".equals(allocation) && isController(entry);
    }

    private boolean isHuman(FieldOwners.@Nullable Entry entry) {
        return entry != null && !applier.is(entry) && owner(entry).type() == Owner.Type.HUMAN;
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
        Owner owner = entry.owner(comparison.managers(), Owner.Evidence.FINAL_STATE);
        return applier.is(entry) ? owner.withType(Owner.Type.RECONCILER) : owner;
    }
}
