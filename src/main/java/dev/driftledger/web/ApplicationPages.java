package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.store.ApplicationFilter;
import dev.driftledger.store.FindingFilter;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The pages of all applications and of one.
@Path("/")
@Produces(Html.TYPE)
public final class ApplicationPages {
    private final Queries queries;
    private final LogFilesStore files;
    private final Frames frames;
    private final WebConfig config;
    private final Logs logs;

    ApplicationPages(
            Queries queries, LogFilesStore files, Frames frames, WebConfig config, Logs logs) {
        this.logs = logs;
        this.queries = queries;
        this.files = files;
        this.frames = frames;
        this.config = config;
    }

    @GET
    @Operation(hidden = true)
    public Uni<TemplateInstance> home(
            @BeanParam ApplicationFilters filters,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        Instant at = list.moment();
        Frames.About about = new Frames.About("Applications", "/", "/", filters.cluster);
        ApplicationFilter filter = filters.filter();
        return logs.known(
                        filter.cluster(),
                        () -> Asked.of(() -> queries.applications(filter, at, list.request())))
                .flatMap(page ->
                        openFindings(filters, at)
                                .flatMap(tallies ->
                                        frames.frame(about, at)
                                                .map(frame -> home(frame, page, tallies, uri))));
    }

    private static TemplateInstance home(
            Frame frame, Page<Recorded> page, Map<String, List<Pages.Tally>> open, UriInfo uri) {
        List<ApplicationView> views =
                page.items().stream()
                        .map(snapshot -> ApplicationView.of(snapshot, watching(frame, snapshot)))
                        .toList();
        return Pages.home(new Pages.Home(frame, views, open, Pages.Turn.of(page, uri)));
    }

    private Uni<Map<String, List<Pages.Tally>>> openFindings(
            ApplicationFilters filters, @Nullable Instant at) {
        FindingFilter open =
                new FindingFilter(
                        "open",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Texts.cluster(filters.cluster),
                        null,
                        null);
        return queries.findings(open, at, new PageRequest(config.findingsCountedMax(), null))
                .map(page ->
                        page.totalSize() > page.items().size()
                                ? Map
                                        .<String, List<Pages.Tally>>
                                                of() // then the snapshot's own count shows
                                : Pages.Tally.byApplication(
                                        page.items().stream().map(FindingView::of).toList()));
    }

    @GET
    @Path("/app/{cluster}/{namespace}/{name}")
    @Operation(hidden = true)
    public Uni<TemplateInstance> application(
            @BeanParam ApplicationAddress address,
            @QueryParam("reconciler") @Nullable String reconciler,
            @QueryParam("at") @Nullable String at) {
        Instant moment = Moment.past("at", at, Instant.now());
        List<String> reconcilers =
                reconciler == null || reconciler.isEmpty()
                        ? ApplicationFilters.RECONCILERS
                        : List.of(reconciler);
        return Multi.createFrom()
                .iterable(reconcilers)
                .onItem()
                .transformToUniAndConcatenate(each ->
                        queries.application(
                                PublicId.cluster(address.cluster), address.id(each), moment))
                .select()
                .where(Optional::isPresent)
                .toUni()
                .onItem()
                .ifNull()
                .failWith(() ->
                        Refusal.unknown(
                                "Application", "The page of all applications lists those that are"))
                .map(Optional::orElseThrow)
                .flatMap(snapshot -> application(snapshot, moment, address.path()));
    }

    private Uni<TemplateInstance> application(
            Recorded snapshot, @Nullable Instant at, String path) {
        String cluster = snapshot.entry().cluster().uid();
        ApplicationId id = ApplicationId.ofId(Body.of(snapshot.entry()).text("application"));
        return frames.frame(new Frames.About(id.name(), path, "/", cluster), at)
                .flatMap(frame ->
                        Uni.combine()
                                .all()
                                .unis(
                                        ApplicationDetail.of(
                                                snapshot, watching(frame, snapshot), files),
                                        openFindings(cluster, id, at),
                                        effects(cluster, id, at))
                                // A request has one session, which takes one query at a time.
                                .usingConcurrencyOf(1)
                                .with((detail, findings, effects) ->
                                        Pages.application(page(frame, detail, findings, effects))));
    }

    private static Watching watching(Frame frame, Recorded snapshot) {
        return frame.watching(snapshot.entry().cluster().uid());
    }

    private Uni<List<EffectView>> effects(String cluster, ApplicationId id, @Nullable Instant at) {
        return queries.effects(cluster, id, null, at, PageRequest.FIRST)
                .map(page -> page.items().stream().map(EffectView::of).toList());
    }

    private Uni<List<FindingView>> openFindings(
            String cluster, ApplicationId id, @Nullable Instant at) {
        FindingFilter open =
                new FindingFilter("open", id, null, null, null, null, cluster, null, null);
        return queries.findings(open, at, PageRequest.FIRST)
                .map(page ->
                        page.items().stream()
                                .map(FindingView::of)
                                .sorted(FindingView.WORST_FIRST)
                                .toList());
    }

    private static Pages.Application page(
            Frame frame,
            ApplicationDetail detail,
            List<FindingView> findings,
            List<EffectView> effects) {
        return new Pages.Application(
                frame,
                detail.application(),
                detail.resources(),
                findings,
                effects,
                frame.links()
                        .page(
                                "/findings",
                                "application=" + Links.segment(detail.application().id())));
    }
}
