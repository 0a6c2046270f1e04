package dev.driftledger.web;

import dev.driftledger.model.Json;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Recorded;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// One application with every resource that its latest snapshot lists.
record ApplicationDetail(ApplicationView application, List<ResourceView> resources) {
    ApplicationDetail {
        resources = List.copyOf(resources);
    }

    /// Reads the snapshot's blob; when that is not stored there are no resources to list.
    static Uni<ApplicationDetail> of(Recorded snapshot, Watching coverage, LogFilesStore files) {
        ApplicationView application = ApplicationView.of(snapshot, coverage);
        if (snapshot.entry().blob() == null) {
            return Uni.createFrom().item(new ApplicationDetail(application, List.of()));
        }
        String cluster = snapshot.entry().cluster().uid();
        return files.blob(snapshot.entry().blob().sha256())
                .map(blob ->
                        new ApplicationDetail(
                                application,
                                blob.map(found -> rows(cluster, found.content().bytes()))
                                        .orElse(List.of())));
    }

    private static List<ResourceView> rows(String cluster, byte[] blob) {
        try {
            return ResourceView.list(cluster, Json.parse(blob));
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot's blob is JSON", e);
        }
    }
}
