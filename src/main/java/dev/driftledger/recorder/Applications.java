package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Severity;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import dev.driftledger.model.Rfc3339;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which revision of an application is applied, and how long its head waits.
final class Applications {
    private Applications() {}

    /// Judges all members, after settling what was applied when watching began.
    static void settle(Draft draft, ApplicationId id, Cause cause) {
        bootstrap(draft, id);
        for (Row.Member member : draft.state().members().of(id)) {
            Judge.member(draft, arrived(draft, member), cause);
        }
        progress(draft, id, cause);
    }

    private static Row.Member arrived(Draft draft, Row.Member member) {
        ApplicationRow row = draft.state().applications().get(member.application());
        if (row == null || !row.bootstrapped()) {
            return member;
        }
        Row.Member now = Arrival.check(draft, member, null);
        if (!now.equals(member)) {
            draft.put(now);
        }
        return now;
    }

    /// The first time that both sides are known: where anything of the application is live, its
    /// head counts as applied, so that what is absent is missing, but for what is seen to wait for
    /// it; else all of it is pending.
    private static void bootstrap(Draft draft, ApplicationId id) {
        ApplicationRow row = draft.state().applications().get(id);
        if (row == null
                || row.head() == null
                || row.bootstrapped()
                || !Observation.ready(draft.state(), id)) {
            return;
        }
        draft.put(row.asBootstrapped());
        boolean anyLive = kind(draft, id) == AppliedBy.Kind.HEAD;
        for (Row.Member member : draft.state().members().of(id)) {
            anyLive = anyLive || older(draft, member, row.source().knownAt());
        }
        if (anyLive && kind(draft, id) != AppliedBy.Kind.ANNOTATION) {
            Set<ResourceKey> waiting = FirstSight.waiting(draft, row);
            for (Row.Member member : draft.state().members().of(id)) {
                if (!waiting.contains(member.key())) {
                    draft.put(Arrival.applied(draft, member, member.head()));
                }
            }
        }
    }

    /// Whether the object was there before the head was known: what came later belongs to a first
    /// applying that is still going on.
    private static boolean older(Draft draft, Row.Member member, @Nullable Instant knownAt) {
        Row.Resource row = draft.state().resources().find(member.key());
        ObjectNode live = row == null ? null : draft.object(row.object());
        if (row != null && row.unreadable() != null) {
            return true;
        }
        if (live == null) {
            return false;
        }
        try {
            return knownAt == null
                    || Rfc3339.parse(live.path("metadata").path("creationTimestamp").asText())
                            .isBefore(knownAt);
        } catch (IllegalArgumentException _) {
            return true;
        }
    }

    private static AppliedBy.Kind kind(Draft draft, ApplicationId id) {
        RecorderConfig.Application configured = draft.state().configured(id);
        return configured == null ? AppliedBy.Kind.HEAD : configured.appliedBy().kind();
    }

    /// Follows one member after its live object changed.
    static void follow(Draft draft, Row.Member member, @Nullable ObjectNode previous, Cause cause) {
        ApplicationRow row = draft.state().applications().get(member.application());
        Row.Member now = member;
        if (row != null && row.bootstrapped()) {
            now = Arrival.check(draft, member, previous);
            if (!now.equals(member)) {
                draft.put(now);
            }
        }
        Judge.member(draft, now, cause);
        progress(draft, member.application(), cause);
    }

    /// Takes the head as applied once every resource has it; else says that it is pending. While
    /// some of its manifests are not read nobody can say that it is applied.
    static void progress(Draft draft, ApplicationId id, Cause cause) {
        ApplicationRow row = draft.state().applications().get(id);
        if (row == null || row.head() == null || !row.bootstrapped()) {
            return;
        }
        int waiting = draft.state().members().pendingCount(id);
        int extra = draft.state().members().counts(id).getOrDefault(Standing.EXTRA, 0);
        boolean arrived = kind(draft, id) == AppliedBy.Kind.HEAD || waiting == extra;
        boolean complete = kind(draft, id) == AppliedBy.Kind.HEAD || row.hidden() == null;
        if (arrived && complete && !row.head().equals(row.applied())) {
            applied(draft, row, row.head(), cause);
        } else if (arrived && complete) {
            settled(draft, row, row.head(), new Cause.Desired(row.head()));
        } else if (!arrived) {
            ApplicationRow pending = row.pendingSince() == null ? row.with(since(draft)) : row;
            draft.put(pending);
            pending(draft, pending);
        }
        prunes(draft, id, waiting);
    }

    /// Keeps the time since which something waits to be pruned though all the rest is applied.
    private static void prunes(Draft draft, ApplicationId id, int waiting) {
        ApplicationRow row = draft.state().applications().get(id);
        if (row == null) {
            return;
        }
        if (waiting > 0 && row.pendingSince() == null) {
            draft.put(row.with(since(draft)));
        } else if (waiting == 0 && row.pendingSince() != null) {
            draft.put(row.with(ApplicationRow.Waiting.NOT));
        }
    }

    private static ApplicationRow.Waiting since(Draft draft) {
        return new ApplicationRow.Waiting(draft.now(), false);
    }

    private static void applied(Draft draft, ApplicationRow row, Revision head, Cause cause) {
        boolean late = row.overdue() && draft.state().members().pendingCount(row.id()) > 0;
        ApplicationRow now = row.withApplied(head);
        draft.put(late ? now.with(row.waiting()) : now);
        Statement statement =
                new Statement(EntryType.SYNC_RECORDED, Statement.Source.RECORDER)
                        .correlation(head.id());
        statement.body().put("application", row.id().id());
        statement.body().set("revision", Revisions.json(head));
        if (row.applied() != null) {
            statement.body().put("previous", row.applied().id());
        }
        draft.write(statement);
        settled(draft, row, head, cause);
        draft.applied(row.id());
    }

    /// Ends the waiting of heads: this one is applied, and one before it is none any more.
    private static void settled(Draft draft, ApplicationRow row, Revision head, Cause cause) {
        if (draft.state().findings().openCount(row.id(), Claim.PENDING) == 0) {
            return;
        }
        for (Row.Finding finding : draft.state().findings().about(row.id(), null)) {
            if (finding.open() && finding.kind().equals(Claim.PENDING)) {
                Findings.end(draft, finding, Resolutions.applied(draft, finding, head, cause));
            }
        }
    }

    private static void pending(Draft draft, ApplicationRow row) {
        Revision head = row.head();
        Instant since = row.pendingSince();
        boolean recorded = head != null && head.equals(row.applied());
        long late = recorded ? lateCount(draft, row) : 0;
        if (head == null || since == null || (recorded && late == 0)) {
            return;
        }
        String author = head.author() == null ? "unknown" : head.author();
        String what = "head " + head.id() + " by " + author;
        String words = recorded ? late + " resources of " + what + " are" : what + " is";
        Claim claim =
                Claim.because(
                                Claim.PENDING,
                                row.overdue() ? Severity.MEDIUM : Severity.LOW,
                                words + " not applied since " + Rfc3339.format(since))
                        .with(Owner.UNKNOWN, new java.util.TreeMap<>());
        Findings.raise(draft, Findings.Target.of(row.id()), claim, new Cause.Desired(head));
    }

    /// How many resources came to wait for a head that counts as applied: a rule that hid that they
    /// are absent went.
    private static long lateCount(Draft draft, ApplicationRow row) {
        return draft.state().members().of(row.id()).stream()
                .filter(member -> member.head() != null && member.pending())
                .count();
    }

    /// Says that a head waits longer than allowed, and that what is still there to be pruned is
    /// extra.
    static void overdue(Draft draft, ApplicationId id) {
        ApplicationRow row = draft.state().applications().get(id);
        RecorderConfig.Application configured = draft.state().configured(id);
        if (row == null
                || configured == null
                || row.overdue()
                || row.pendingSince() == null
                || !row.pendingSince().plus(configured.pendingMax()).isBefore(draft.now())) {
            return;
        }
        ApplicationRow late = row.with(new ApplicationRow.Waiting(row.pendingSince(), true));
        draft.put(late);
        pending(draft, late);
        for (Row.Member member : draft.state().members().of(id)) {
            if (member.head() == null) {
                Judge.member(draft, member, new Cause.Other("waited too long"));
            }
        }
        progress(draft, id, new Cause.Other("what still waits is extra now"));
    }
}
