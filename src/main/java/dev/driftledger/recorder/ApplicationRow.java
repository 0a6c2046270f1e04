package dev.driftledger.recorder;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import dev.driftledger.model.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One application.
///
/// @param head newest revision; null before the first rendering
/// @param applied the revision at which every resource was seen; null before the first
/// @param rendered the newest revisions rendered, newest first, the head at 0
/// @param knownAt when its first head was known; null before
/// @param bootstrapped whether it was settled what was applied when watching began
/// @param pendingSince since when the head is not applied; null when it is
/// @param overdue whether it waits longer than allowed
/// @param staleReason why its source cannot be read; null when it can
/// @param staleSince since when; null when unknown or not stale
/// @param snapshotAt when the last snapshot was taken; null before the first
/// @param dirty whether something changed since the last snapshot
record ApplicationRow(
        ApplicationId id,
        @Nullable Revision head,
        @Nullable Revision applied,
        List<Row.Rendered> rendered,
        List<RenderProblem> problems,
        @Nullable Instant knownAt,
        boolean bootstrapped,
        @Nullable Instant pendingSince,
        boolean overdue,
        @Nullable String staleReason,
        @Nullable Instant staleSince,
        Standing verdict,
        @Nullable Instant snapshotAt,
        boolean dirty)
        implements Row {
    public ApplicationRow {
        rendered = List.copyOf(rendered);
        problems = List.copyOf(problems);
    }

    /// Why there may be resources of it that nobody read, at which place; null when all are known.
    @Nullable String hidden() {
        for (RenderProblem problem : problems) {
            if (!problem.harmless()) {
                return SafeJson.text(problem.file() + ": " + problem.message());
            }
        }
        return head == null && staleReason != null ? "never read: " + staleReason : null;
    }

    static ApplicationRow added(ApplicationId id) {
        return new ApplicationRow(
                id,
                null,
                null,
                List.of(),
                List.of(),
                null,
                false,
                null,
                false,
                null,
                null,
                Standing.UNKNOWN,
                null,
                true);
    }

    ApplicationRow withHead(
            Revision revision, List<Row.Rendered> list, List<RenderProblem> broken) {
        return new ApplicationRow(
                id,
                revision,
                applied,
                list,
                broken,
                knownAt,
                bootstrapped,
                pendingSince,
                overdue,
                staleReason,
                staleSince,
                verdict,
                snapshotAt,
                true);
    }

    ApplicationRow knownSince(Instant at) {
        return new ApplicationRow(
                id,
                head,
                applied,
                rendered,
                problems,
                at,
                bootstrapped,
                pendingSince,
                overdue,
                staleReason,
                staleSince,
                verdict,
                snapshotAt,
                true);
    }

    ApplicationRow withApplied(Revision revision) {
        return new ApplicationRow(
                id,
                head,
                revision,
                rendered,
                problems,
                knownAt,
                true,
                null,
                false,
                staleReason,
                staleSince,
                verdict,
                snapshotAt,
                true);
    }

    ApplicationRow withPending(@Nullable Instant since, boolean late) {
        return new ApplicationRow(
                id,
                head,
                applied,
                rendered,
                problems,
                knownAt,
                bootstrapped,
                since,
                late,
                staleReason,
                staleSince,
                verdict,
                snapshotAt,
                true);
    }

    ApplicationRow asBootstrapped() {
        return new ApplicationRow(
                id,
                head,
                applied,
                rendered,
                problems,
                knownAt,
                true,
                pendingSince,
                overdue,
                staleReason,
                staleSince,
                verdict,
                snapshotAt,
                true);
    }

    ApplicationRow withStale(@Nullable String reason, @Nullable Instant since) {
        return new ApplicationRow(
                id,
                head,
                applied,
                rendered,
                problems,
                knownAt,
                bootstrapped,
                pendingSince,
                overdue,
                reason,
                since,
                verdict,
                snapshotAt,
                true);
    }

    ApplicationRow withVerdict(Standing standing, boolean changed) {
        return new ApplicationRow(
                id,
                head,
                applied,
                rendered,
                problems,
                knownAt,
                bootstrapped,
                pendingSince,
                overdue,
                staleReason,
                staleSince,
                standing,
                snapshotAt,
                changed);
    }

    ApplicationRow withSnapshot(Instant at) {
        return new ApplicationRow(
                id,
                head,
                applied,
                rendered,
                problems,
                knownAt,
                bootstrapped,
                pendingSince,
                overdue,
                staleReason,
                staleSince,
                verdict,
                at,
                false);
    }
}
