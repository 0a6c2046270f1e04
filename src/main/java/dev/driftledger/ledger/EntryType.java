package dev.driftledger.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// What an entry states. The wire name is what logs hold for ever; constants are never renamed and
/// never taken away.
public enum EntryType {
    /// What is watched and what is left out, with reasons; `body.silenceSeconds` is the longest
    /// time without any entry from then on.
    SCOPE("scope"),
    /// An instance took over recording.
    STARTUP("startup"),
    /// An instance stopped in good order.
    SHUTDOWN("shutdown"),
    /// Nothing else happened, and recording goes on.
    HEARTBEAT("heartbeat"),
    /// A time that was not watched: `body.from`, `body.to`, `body.cause`.
    GAP("gap"),
    /// A type of resource is being watched from now on.
    WATCH_STARTED("watch.started"),
    /// A type of resource cannot be watched just now.
    WATCH_UNAVAILABLE("watch.unavailable"),
    /// Every resource of an application at one moment.
    SNAPSHOT("snapshot"),
    /// A version of an object was seen.
    OBJECT_OBSERVED("object.observed"),
    /// An object is gone.
    OBJECT_DELETED("object.deleted"),
    /// An object could not be read.
    OBJECT_UNREADABLE("object.unreadable"),
    /// An OpenAPI document of the cluster.
    SCHEMA_OBSERVED("schema.observed"),
    /// A revision of an application was rendered.
    DESIRED_RENDERED("desired.rendered"),
    /// The source of an application cannot be read.
    DESIRED_STALE("desired.stale"),
    /// The source of an application can be read again.
    DESIRED_FRESH("desired.fresh"),
    /// A finding appeared.
    FINDING_OPENED("finding.opened"),
    /// A finding changed.
    FINDING_UPDATED("finding.updated"),
    /// A finding ended.
    FINDING_RESOLVED("finding.resolved"),
    /// Somebody took responsibility for a finding.
    FINDING_ACCEPTED("finding.accepted"),
    /// A reconciler finished applying something.
    SYNC_RECORDED("sync.recorded"),
    /// A side effect appeared, changed or went.
    EFFECT_OBSERVED("effect.observed"),
    /// Settings that decisions depend on changed.
    CONFIG_CHANGED("config.changed"),
    /// A Kubernetes audit event.
    AUDIT_OBSERVED("audit.observed"),
    /// A reconciler or CI called us.
    HOOK_RECEIVED("hook.received"),
    /// An intake record that could not be decoded.
    INTAKE_MALFORMED("intake.malformed"),
    /// A signing key was announced, retired or revoked.
    KEY_EVENT("key.event"),
    /// Somebody read evidence.
    ACCESS("access"),
    /// Evidence reached the end of its retention.
    RETENTION_EVENT("retention.event"),
    /// A legal hold was set or lifted.
    LEGALHOLD_EVENT("legalhold.event"),
    /// Content was erased; its digest remains.
    ERASURE("erasure"),
    /// A checkpoint was anchored outside.
    ANCHOR("anchor"),
    /// Evidence was exported.
    EXPORT("export"),
    /// A restore was planned.
    RESTORE_PLANNED("restore.planned"),
    /// A restore was applied.
    RESTORE_APPLIED("restore.applied"),
    /// A restore was checked against its plan.
    RESTORE_VERIFIED("restore.verified");

    private static final Map<String, EntryType> BY_WIRE_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(EntryType::wireName, type -> type));

    private final String wireName;

    EntryType(String wireName) {
        this.wireName = wireName;
    }

    /// The name that entries carry, such as `finding.opened`.
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /// Reads a wire name.
    ///
    /// @throws IllegalArgumentException when no type has it
    public static EntryType ofWireName(String name) {
        EntryType type = BY_WIRE_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no entry type is called '" + name + "'");
        }
        return type;
    }
}
