package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// What `metadata.managedFields` of one object says, and whether it can be believed.
///
/// Anyone who may patch an object can wipe all its entries (`managedFields: [{}]`); from then on
/// updates are not tracked until a server-side apply, which credits all that stands there to
/// `before-first-apply`.
public final class Ownership {
    static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private Ownership() {}

    /// Whether somebody wiped the entries between two consecutive observations of one object:
    /// there are none any more, though something that they owned still stands. When all of it was
    /// taken away, its entries went with it; an allocated address that stays says nothing then.
    public static boolean erased(ObjectNode previous, ObjectNode live) {
        return sameIncarnation(previous, live)
                && !FieldOwners.of(previous).entries().isEmpty()
                && FieldOwners.of(live).entries().isEmpty()
                && Remains.any(previous, live);
    }

    /// Whether no entry tells who wrote the object itself (only a status, or what
    /// `before-first-apply` was credited with), so that fields without an owner may be anybody's.
    public static boolean unreliable(ObjectNode live) {
        return unreliable(FieldOwners.of(live));
    }

    /// Who made the object: the owner of the oldest entry of the object itself, as far as the
    /// final state can tell.
    public static Owner creator(ObjectNode live, ManagerTable managers) {
        FieldOwners.Entry oldest = null;
        for (FieldOwners.Entry each : FieldOwners.of(live).entries()) {
            if (each.subresource() == null && (oldest == null || older(each, oldest))) {
                oldest = each;
            }
        }
        return oldest == null ? Owner.UNKNOWN : oldest.owner(managers, Owner.Evidence.FINAL_STATE);
    }

    static boolean unreliable(FieldOwners owners) {
        return owners.entries().stream()
                .allMatch(e -> e.manager().equals(BEFORE_FIRST_APPLY) || e.subresource() != null);
    }

    private static boolean older(FieldOwners.Entry one, FieldOwners.Entry other) {
        Instant first = one.time();
        Instant second = other.time();
        return first != null && (second == null || first.isBefore(second));
    }

    private static boolean sameIncarnation(ObjectNode previous, ObjectNode live) {
        JsonNode uid = previous.path("metadata").path("uid");
        return uid.equals(live.path("metadata").path("uid"));
    }
}
