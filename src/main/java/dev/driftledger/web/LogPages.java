package dev.driftledger.web;

import dev.driftledger.store.LogSummary;
import dev.driftledger.store.Page;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import dev.driftledger.store.StoredCheckpoint;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The pages of the logs, their checkpoints and single entries.
@Path("/")
@Produces(Html.TYPE)
public final class LogPages {
    private static final String SECTION = "/checkpoints";

    private final Queries queries;
    private final Logs logs;
    private final Proofs proofs;
    private final Frames frames;

    LogPages(Queries queries, Logs logs, Proofs proofs, Frames frames) {
        this.queries = queries;
        this.logs = logs;
        this.proofs = proofs;
        this.frames = frames;
    }

    @GET
    @Path("/checkpoints")
    @Operation(hidden = true)
    public Uni<TemplateInstance> all(@QueryParam("at") @Nullable String at, @Context UriInfo uri) {
        Instant moment = Moment.past("at", at, Instant.now());
        Frames.About about = new Frames.About("Logs", SECTION, SECTION, null);
        return logs.all(moment)
                .flatMap(all ->
                        frames.frame(about, moment)
                                .map(frame -> Pages.logs(new Pages.Logs(frame, all, server(uri)))));
    }

    @GET
    @Path("/checkpoints/{cluster}")
    @Operation(hidden = true)
    public Uni<TemplateInstance> checkpoints(
            @RestPath String cluster, @BeanParam ListParameters list, @Context UriInfo uri) {
        Instant moment = list.moment();
        Frames.About about =
                new Frames.About("Checkpoints", SECTION + "/" + cluster, SECTION, cluster);
        return logs.one(cluster, moment)
                .flatMap(log ->
                        Asked.of(() -> queries.checkpoints(cluster, moment, list.request()))
                                .flatMap(page ->
                                        frames.frame(about, moment)
                                                .map(frame -> page(frame, log, page, uri))));
    }

    private static TemplateInstance page(
            Frame frame, LogView log, Page<StoredCheckpoint> page, UriInfo uri) {
        List<CheckpointView> checkpoints = page.items().stream().map(CheckpointView::of).toList();
        return Pages.checkpoints(
                new Pages.Checkpoints(
                        frame, log, checkpoints, Pages.Turn.of(page, uri), server(uri)));
    }

    private static String server(UriInfo uri) {
        return uri.getBaseUri().toString().replaceFirst("/$", "");
    }

    @GET
    @Path("/entry/{cluster}/{index}")
    @Operation(hidden = true)
    public Uni<TemplateInstance> entry(
            @RestPath String cluster,
            @RestPath String index,
            @QueryParam("at") @Nullable String at) {
        Instant moment = Moment.past("at", at, Instant.now());
        long number = LogApi.index(index);
        return logs.summary(cluster)
                .flatMap(log ->
                        LogApi.entry(queries, cluster, number, moment)
                                .flatMap(entry ->
                                        proofs.of(cluster, number, moment)
                                                .flatMap(proven ->
                                                        entry(log, entry, proven, moment))));
    }

    private Uni<TemplateInstance> entry(
            LogSummary log,
            Recorded entry,
            Optional<Proofs.Proven> proven,
            @Nullable Instant moment) {
        String cluster = log.cluster().uid();
        Frames.About about =
                new Frames.About(
                        "Entry " + entry.index(),
                        "/entry/" + cluster + "/" + entry.index(),
                        SECTION,
                        cluster);
        return frames.frame(about, moment)
                .map(frame ->
                        Pages.entry(Pages.EntryPage.of(frame, log, entry, proven.orElse(null))));
    }
}
