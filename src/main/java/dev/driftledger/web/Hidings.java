package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells whether a finding ended because a rule in git hides it, which its own entry does not say:
/// the snapshot after it does.
@Singleton
final class Hidings {
    /// A snapshot follows what changed it; later ones may say something else.
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Queries queries;
    private final LogFilesStore files;

    Hidings(Queries queries, LogFilesStore files) {
        this.queries = queries;
        this.files = files;
    }

    /// What hides of the resource what the finding said; empty when something else ended it, or
    /// when the log does not tell.
    ///
    /// @param newest the finding's last entry
    /// @param at the moment shown; null for now
    Uni<List<HidingView>> of(Recorded newest, @Nullable Instant at) {
        FindingView finding = FindingView.of(newest);
        FindingView.Resolution end = finding.resolution();
        if (end == null || !end.commit() || finding.application() == null) {
            return Uni.createFrom().item(List.of());
        }
        Instant soon = newest.entry().recordedAt().plus(SOON);
        Instant until = at == null || at.isAfter(soon) ? soon : at;
        ApplicationId application = PublicId.application(finding.application()).within();
        String cluster = finding.cluster().uid();
        return queries.applicationHistory(cluster, application, until, PageRequest.FIRST)
                .flatMap(page -> after(newest, page))
                .map(rows ->
                        rows.stream()
                                .filter(row -> row.resource().equals(finding.resource()))
                                .filter(row -> unchanged(newest, finding, row))
                                .flatMap(row -> row.ignored().stream())
                                .filter(each -> hides(each, finding))
                                .toList());
    }

    /// The rows of the first snapshot after an entry.
    private Uni<List<ResourceView>> after(Recorded newest, Page<Recorded> snapshots) {
        List<Recorded> later =
                snapshots.items().stream().filter(each -> each.index() > newest.index()).toList();
        return later.isEmpty()
                ? Uni.createFrom().item(List.of())
                : ApplicationDetail.of(later.getLast(), Watching.UNKNOWN, files)
                        .map(ApplicationDetail::resources);
    }

    /// Whether git wants the same of the resource as when the finding was open.
    private static boolean unchanged(Recorded newest, FindingView finding, ResourceView row) {
        Digest desired = newest.entry().digests().get("desired");
        return finding.path() == null || (desired != null && desired.hex().equals(row.desired()));
    }

    private static boolean hides(HidingView each, FindingView finding) {
        return finding.path() == null
                ? finding.kind().equals(each.whole())
                : each.whole() == null && each.fieldsCount() > 0;
    }
}
