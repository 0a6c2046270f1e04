package dev.driftledger.drift;

import dev.driftledger.model.Labelled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who wrote a value, and how we know.
///
/// @param type what sort of actor
/// @param manager field manager; null when no entry of `managedFields` owns the field
/// @param operation `Apply` or `Update`; null with `manager`
/// @param subresource such as `scale` or `status`; null for the object itself
/// @param time of the manager's entry; null when it has none (scale and unchanged applies)
/// @param user Kubernetes user from an audit event; null when there was none, never guessed
/// @param evidence what the statement rests on
public record Owner(
        Type type,
        @Nullable String manager,
        @Nullable String operation,
        @Nullable String subresource,
        @Nullable Instant time,
        @Nullable String user,
        Evidence evidence) {

    /// Nobody can be named.
    public static final Owner UNKNOWN =
            new Owner(Type.UNKNOWN, null, null, null, null, null, Evidence.NONE);

    /// The same owner with the user whom an audit event names.
    public Owner withUser(String auditUser) {
        return new Owner(type, manager, operation, subresource, time, auditUser, Evidence.AUDIT);
    }

    /// The same owner before an audit event named the user.
    public Owner withoutUser() {
        return user == null
                ? this
                : new Owner(type, manager, operation, subresource, time, null, Evidence.NONE);
    }

    /// The same owner as another sort of actor: an applier may write under a human tool's name.
    public Owner withType(Type other) {
        return new Owner(other, manager, operation, subresource, time, user, evidence);
    }

    /// What sort of actor an owner is.
    public enum Type implements Labelled {
        HUMAN,
        CONTROLLER,
        RECONCILER,
        ADMISSION,
        UNKNOWN
    }

    /// What a statement of ownership rests on, best last.
    public enum Evidence implements Labelled {
        /// Nothing.
        NONE,
        /// The owner in the final state.
        FINAL_STATE,
        /// The change between two consecutive observations.
        CHANGE,
        /// A Kubernetes audit event.
        AUDIT
    }
}
