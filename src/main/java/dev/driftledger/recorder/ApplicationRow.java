package dev.driftledger.recorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import dev.driftledger.model.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One application.
///
/// @param applied the revision at which every resource was seen; null before the first
/// @param bootstrapped whether it was settled what was applied when watching began
record ApplicationRow(
        ApplicationId id,
        @JsonUnwrapped Source source,
        @Nullable Revision applied,
        boolean bootstrapped,
        @JsonUnwrapped Waiting waiting,
        @JsonUnwrapped Stale stale,
        @JsonUnwrapped Summary summary)
        implements Row {

    /// What its source says.
    ///
    /// @param head newest revision; null before the first rendering
    /// @param rendered the newest revisions rendered, newest first, the head at 0
    /// @param knownAt when its first head was known; null before
    /// @param rules the ignore rules in force; null when it has none
    record Source(
            @Nullable Revision head,
            List<Row.Rendered> rendered,
            List<RenderProblem> problems,
            @Nullable Instant knownAt,
            @Nullable Ruling rules) {
        static final Source NONE = new Source(null, List.of(), List.of(), null, null);

        Source {
            rendered = List.copyOf(rendered);
            problems = List.copyOf(problems);
        }

        Source with(Ruling now) {
            return new Source(head, rendered, problems, knownAt, now);
        }
    }

    /// Since when its head is not applied.
    ///
    /// @param pendingSince null when it is applied
    /// @param overdue whether it waits longer than allowed
    record Waiting(@Nullable Instant pendingSince, boolean overdue) {
        static final Waiting NOT = new Waiting(null, false);
    }

    /// Since when its source cannot be read.
    ///
    /// @param staleReason why; null when it can be read
    /// @param staleSince null when unknown or not stale
    record Stale(@Nullable String staleReason, @Nullable Instant staleSince) {
        static final Stale NOT = new Stale(null, null);
    }

    /// What its snapshots say.
    ///
    /// @param snapshotAt when the last snapshot was taken; null before the first
    /// @param dirty whether a verdict, a revision or the list itself changed since
    /// @param stirred whether at least some object of it changed since
    record Summary(Standing verdict, @Nullable Instant snapshotAt, boolean dirty, boolean stirred) {
        Summary changed() {
            return new Summary(verdict, snapshotAt, true, true);
        }

        Summary with(Standing now) {
            return new Summary(now, snapshotAt, true, true);
        }

        Summary objectChanged() {
            return new Summary(verdict, snapshotAt, dirty, true);
        }
    }

    /// Why there may be resources of it that nobody read, at which place; null when all are known.
    @Nullable String hidden() {
        for (RenderProblem problem : source.problems()) {
            if (!problem.harmless()) {
                return SafeJson.text(problem.file() + ": " + problem.message());
            }
        }
        return source.head() == null && stale.staleReason() != null
                ? "never read: " + stale.staleReason()
                : null;
    }

    /// Why nobody can say that it is as its manifests wish: its source was never read, or the first
    /// manifest that was not read, else the first that names no resource, and how many more there
    /// are; null when all are used.
    @Nullable String unread() {
        List<RenderProblem> problems = source.problems();
        String hidden = hidden();
        if (problems.isEmpty()) {
            return hidden == null ? null : "its source was " + hidden;
        }
        RenderProblem first = problems.getFirst();
        String told =
                hidden == null
                        ? "not all manifests can be used: " + first.file() + ": " + first.message()
                        : "not all manifests were read: " + hidden;
        int moreCount = problems.size() - 1;
        return moreCount == 0 ? told : told + ", and " + moreCount + " more";
    }

    static ApplicationRow added(ApplicationId id) {
        Summary summary = new Summary(Standing.UNKNOWN, null, true, true);
        return new ApplicationRow(id, Source.NONE, null, false, Waiting.NOT, Stale.NOT, summary);
    }

    @Nullable Revision head() {
        return source.head();
    }

    @Nullable Instant pendingSince() {
        return waiting.pendingSince();
    }

    /// The ignore rules in force; null when it has none.
    @Nullable Ruling rules() {
        return source.rules();
    }

    boolean overdue() {
        return waiting.overdue();
    }

    ApplicationRow with(Source now) {
        return new ApplicationRow(
                id, now, applied, bootstrapped, waiting, stale, summary.changed());
    }

    ApplicationRow with(Waiting now) {
        return new ApplicationRow(id, source, applied, bootstrapped, now, stale, summary.changed());
    }

    ApplicationRow with(Stale now) {
        return new ApplicationRow(
                id, source, applied, bootstrapped, waiting, now, summary.changed());
    }

    ApplicationRow with(Summary now) {
        return new ApplicationRow(id, source, applied, bootstrapped, waiting, stale, now);
    }

    /// Nothing waits any more.
    ApplicationRow withApplied(Revision revision) {
        return new ApplicationRow(
                id, source, revision, true, Waiting.NOT, stale, summary.changed());
    }

    ApplicationRow asBootstrapped() {
        return new ApplicationRow(id, source, applied, true, waiting, stale, summary.changed());
    }
}
