package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What `metadata.managedFields` of one object says, and whether it can be believed.
public final class Ownership {
    private Ownership() {}

    /// Whether somebody wiped the entries between two consecutive observations of one object.
    public static boolean erased(ObjectNode previous, ObjectNode live) {
        return false;
    }

    /// Whether entries are missing or were erased once (`before-first-apply`), so that fields
    /// without an owner may be anybody's.
    public static boolean unreliable(ObjectNode live) {
        return false;
    }

    /// Who made the object: the owner of the oldest entry of the object itself.
    public static Owner creator(ObjectNode live, ManagerTable managers) {
        return Owner.UNKNOWN;
    }
}
