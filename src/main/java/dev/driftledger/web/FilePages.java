package dev.driftledger.web;

import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.recorder.Decision;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import dev.driftledger.store.StoredCheckpoint;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The pages that link to every file of a log, bundle by bundle, so that `wget -r` copies it whole.
@Path("/log/{cluster}")
@Produces(Html.TYPE)
public final class FilePages {
    private final Queries queries;
    private final LogFilesStore files;
    private final Logs logs;
    private final Frames frames;

    FilePages(Queries queries, LogFilesStore files, Logs logs, Frames frames) {
        this.queries = queries;
        this.files = files;
        this.logs = logs;
        this.frames = frames;
    }

    @GET
    @Operation(hidden = true)
    public Uni<TemplateInstance> bundle(
            @RestPath String cluster, @QueryParam("bundle") @Nullable String bundle) {
        long number = bundle == null ? 0 : LogApi.index(bundle);
        if (number > Long.MAX_VALUE / 1024) {
            throw Refusal.malformed("bundle", "the number of a bundle of this log");
        }
        return logs.one(cluster, null)
                .flatMap(log -> {
                    long size = log.checkpoint() == null ? 0 : log.checkpoint().size();
                    FileList list = new FileList(number, size);
                    return paths(log, list).flatMap(paths -> page(log, paths, next(log, list)));
                });
    }

    private static String next(LogView log, FileList list) {
        String root = log.links().files();
        return list.last() ? root + "checkpoints" : root + "?bundle=" + (list.bundle() + 1);
    }

    @GET
    @Path("/checkpoints")
    @Operation(hidden = true)
    public Uni<TemplateInstance> checkpoints(
            @RestPath String cluster, @QueryParam("page_token") @Nullable String token) {
        PageRequest request = new PageRequest(Integer.MAX_VALUE, token);
        return logs.one(cluster, null)
                .flatMap(log ->
                        Asked.of(() -> queries.checkpoints(cluster, null, request))
                                .flatMap(found ->
                                        page(
                                                log,
                                                found.items().stream()
                                                        .map(FilePages::path)
                                                        .toList(),
                                                next(log, found))));
    }

    private static String path(StoredCheckpoint checkpoint) {
        return "checkpoints/" + checkpoint.size();
    }

    private static @Nullable String next(LogView log, Page<StoredCheckpoint> page) {
        return page.next() == null
                ? null
                : log.links().files() + "checkpoints?page_token=" + Links.segment(page.next());
    }

    private Uni<TemplateInstance> page(LogView log, List<String> paths, @Nullable String next) {
        Frames.About about =
                new Frames.About(
                        "Files of " + log.cluster().name(),
                        log.links().files(),
                        "/checkpoints",
                        log.cluster().uid());
        return frames.frame(about, null)
                .map(frame -> Pages.files(new Pages.Files(frame, log, paths, next)));
    }

    private Uni<List<String>> paths(LogView log, FileList list) {
        List<String> paths = new ArrayList<>();
        if (list.bundle() == 0 && log.checkpoint() != null) {
            paths.add("checkpoint");
        }
        if (list.bundle() == 0 && log.key() != null) {
            paths.add("key");
        }
        paths.addAll(list.tiles());
        if (list.from() >= list.to()) {
            return Uni.createFrom().item(paths);
        }
        return queries.entries(log.cluster().uid(), list.from(), list.to())
                .flatMap(this::blobs)
                .map(blobs -> {
                    blobs.forEach(blob -> paths.add(FileList.path(blob)));
                    return paths;
                });
    }

    private Uni<SortedSet<Digest>> blobs(List<Recorded> entries) {
        SortedSet<Digest> named = new TreeSet<>();
        List<Digest> lists = new ArrayList<>();
        for (Recorded recorded : entries) {
            named.addAll(FileList.named(recorded.entry()));
            if (FileList.listsBlobs(recorded.entry()) && recorded.entry().blob() != null) {
                lists.add(recorded.entry().blob().sha256());
            }
        }
        return files.blobs(lists)
                .flatMap(found -> {
                    found.values().forEach(blob -> named.addAll(listed(blob)));
                    return files.stored(named);
                });
    }

    private static SortedSet<Digest> listed(Decision.Blob blob) {
        try {
            return FileList.named(Json.parse(blob.content().bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("a list in a blob is JSON", e);
        }
    }
}
