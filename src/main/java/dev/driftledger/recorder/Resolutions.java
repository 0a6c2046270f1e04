package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Ownership;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Revision;
import dev.driftledger.recorder.FindingEntry.Resolution;
import org.jspecify.annotations.Nullable;

/// Tells who ended a finding.
final class Resolutions {
    static final String RECONCILER = "reconciler";
    static final String COMMIT = "commit";
    static final String DELETION = "deletion";
    static final String CONFIGURATION = "configuration";
    static final String RULE = "rule";
    static final String UNCONFIGURED = "unconfigured";
    static final String UNKNOWN = "unknown";

    private Resolutions() {}

    static Resolution of(Draft draft, Row.Finding row, Cause cause) {
        return switch (cause) {
            case Cause.Live live -> live(draft, row, live);
            case Cause.Desired(Revision revision) ->
                    new Resolution(COMMIT, null, revision.author(), revision.id(), null, null);
            case Cause.Deleted _ -> deletion(draft, row);
            case Cause.Configured _ -> Resolution.because(CONFIGURATION, "settings changed");
            case Cause.Ruled(Hiding hiding, Cause because) -> ruled(hiding, because);
            case Cause.Other(String reason) -> Resolution.because(UNKNOWN, SafeJson.text(reason));
        };
    }

    /// Nobody ended it but a rule; the commit that came when it began to hide may have brought it.
    private static Resolution ruled(Hiding hiding, Cause because) {
        Revision revision = because instanceof Cause.Desired(Revision came) ? came : null;
        return new Resolution(
                RULE,
                null,
                revision == null ? null : revision.author(),
                revision == null ? null : revision.id(),
                SafeJson.text(hiding.rule()),
                hiding.reason() == null ? null : SafeJson.text(hiding.reason()));
    }

    /// Who ended the waiting of a head that is applied now: whoever wrote the last resource that
    /// lacked something, or the commit that wanted no more than what runs.
    static Resolution applied(Draft draft, Row.Finding row, Revision head, Cause cause) {
        Resolution end = of(draft, row, cause);
        return new Resolution(
                end.by(), end.manager(), end.user(), head.id(), end.rule(), end.reason());
    }

    private static Resolution deletion(Draft draft, Row.Finding row) {
        String user =
                row.resource() == null
                        ? null
                        : Audits.deleter(draft, row.resource(), draft.observedAt()).owner().user();
        return new Resolution(DELETION, null, user, null, null, null);
    }

    private static Resolution live(Draft draft, Row.Finding row, Cause.Live cause) {
        ObjectNode previous = cause.previous();
        Owner owner =
                previous == null
                        ? Ownership.creator(cause.live(), draft.managers())
                        : writer(draft, previous, cause.live());
        if (row.path() != null && owner.type() == Owner.Type.UNKNOWN) {
            owner = cause.change().writer(row.path(), draft.managers());
        }
        if (row.resource() != null) {
            owner = Audits.explain(draft, owner, row.resource(), draft.observedAt()).owner();
            if (owner.manager() == null) {
                owner = Audits.writer(draft, row.resource(), draft.observedAt()).owner();
            }
        }
        String by =
                switch (owner.type()) {
                    case HUMAN, CONTROLLER, RECONCILER -> owner.type().label();
                    case ADMISSION -> Owner.Type.CONTROLLER.label();
                    case UNKNOWN -> UNKNOWN;
                };
        if (owner.manager() != null && owner.manager().equals(applier(draft, row))) {
            boolean borrowed = Audits.isBorrowed(draft, owner.manager(), owner.user());
            by = borrowed ? Owner.Type.HUMAN.label() : RECONCILER;
        }
        return new Resolution(by, owner.manager(), owner.user(), null, null, null);
    }

    private static @Nullable String applier(Draft draft, Row.Finding row) {
        RecorderConfig.Application configured = draft.state().configured(row.application());
        return configured == null ? null : Judge.applier(configured);
    }

    /// Who wrote last: the field manager whose entry is new or newer than before.
    private static Owner writer(Draft draft, ObjectNode previous, ObjectNode live) {
        Owner found = Owner.UNKNOWN;
        String newest = "";
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            String time = entry.path("time").asText();
            if (entry.path("manager").isTextual()
                    && !entry.path("subresource").asText().equals("status")
                    && Arrival.wrote(previous, entry)
                    && time.compareTo(newest) >= 0) {
                newest = time;
                String manager = SafeJson.text(entry.path("manager").textValue());
                found =
                        new Owner(
                                draft.managers().typeOf(manager),
                                manager,
                                entry.path("operation").asText(),
                                null,
                                null,
                                null,
                                Owner.Evidence.CHANGE);
            }
        }
        return found;
    }
}
