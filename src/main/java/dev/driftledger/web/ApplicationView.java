package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.store.Recorded;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One application as its latest snapshot says.
///
/// @param id `<cluster uid>:reconciler:namespace:name`
/// @param verdict the worst of its parts; `unconfigured` once it is configured no more
/// @param applied what was applied last; null when that is unknown
/// @param head what git holds now; null when that is unknown
/// @param pendingSince since when the head waits; null when it does not
/// @param staleSince since when git cannot be read; null when it can, and when it never could
/// @param staleReason why git cannot be read; null when it can
/// @param snapshotAt when the snapshot was observed
/// @param snapshotIndex which entry of the log says all this
/// @param coverage whether its cluster was being watched at the moment asked for; where it was not,
///     all else is what was last seen
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApplicationView(
        String id,
        ClusterView cluster,
        String reconciler,
        String namespace,
        String name,
        @Schema(
                        implementation = String.class,
                        enumeration = {"in-sync", "pending", "drifted", "unknown", "unconfigured"})
                Mark verdict,
        @Nullable RevisionView applied,
        @Nullable RevisionView head,
        @Nullable Stamp pendingSince,
        @Nullable Stamp staleSince,
        @Nullable String staleReason,
        CountsView counts,
        long resourcesCount,
        long openFindings,
        Source source,
        Stamp snapshotAt,
        long snapshotIndex,
        Watching coverage) {

    /// Where its desired state lies.
    ///
    /// @param repository URL or path of the git repository
    /// @param path folder in it, empty for its root
    record Source(String repository, String path, String branch) {}

    static ApplicationView of(Recorded snapshot, Watching coverage) {
        Entry entry = snapshot.entry();
        Body body = Body.of(entry);
        ApplicationId id = ApplicationId.ofId(body.text("application"));
        return new ApplicationView(
                PublicId.of(entry.cluster().uid(), id.id()),
                ClusterView.of(entry.cluster()),
                id.reconciler(),
                id.namespace(),
                id.name(),
                Mark.verdict(body.text("verdict")),
                body.revision("applied"),
                body.revision("head"),
                body.stamp("pendingSince"),
                body.stamp("staleSince"),
                body.textOrNull("staleReason"),
                CountsView.of(body.object("counts")),
                body.count("resourcesCount"),
                body.count("openFindings"),
                new Source(body.text("repository"), body.text("path"), body.text("branch")),
                new Stamp(entry.observedAt()),
                snapshot.index(),
                coverage);
    }

    /// Whether it is configured no more, so that this is the last that was said of it.
    public boolean ended() {
        return verdict.value().equals("unconfigured");
    }

    /// How long the head has been waiting at a moment, in words; null when it is applied.
    public @Nullable String pendingLag(Instant at) {
        return pendingSince == null ? null : Stamp.span(pendingSince.at(), at);
    }
}
