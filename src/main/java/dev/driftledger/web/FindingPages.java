package dev.driftledger.web;

import dev.driftledger.store.ApplicationFilter;
import dev.driftledger.store.FindingFilter;
import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The pages of all findings and of one.
@Path("/findings")
@Produces(Html.TYPE)
public final class FindingPages {
    private final Queries queries;
    private final Frames frames;
    private final Logs logs;

    FindingPages(Queries queries, Frames frames, Logs logs) {
        this.logs = logs;
        this.queries = queries;
        this.frames = frames;
    }

    @GET
    @Operation(hidden = true)
    public Uni<TemplateInstance> list(
            @BeanParam FindingParameters filters,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        FindingFilters typed = filters.typed();
        FindingFilter filter = filters.filter();
        String cluster = filter.cluster();
        Frames.About about = new Frames.About("Findings", "/findings", "/findings", cluster);
        return logs.known(
                        cluster,
                        () ->
                                Asked.of(() ->
                                        queries.findings(filter, list.moment(), list.request())))
                .flatMap(page ->
                        choices(typed, cluster, list.moment())
                                .flatMap(choices ->
                                        frames.frame(about, list.moment(), typed.parameters())
                                                .map(frame ->
                                                        Pages.findings(
                                                                new Pages.Findings(
                                                                        frame,
                                                                        typed,
                                                                        choices,
                                                                        views(page),
                                                                        Pages.Turn.of(
                                                                                page, uri))))));
    }

    private Uni<List<Pages.Choice>> choices(
            FindingFilters typed, @Nullable String cluster, @Nullable Instant at) {
        ApplicationFilter all = new ApplicationFilter(cluster, null, null, null);
        return queries.applications(all, at, PageRequest.FIRST)
                .map(page -> Pages.Choice.of(page.items(), typed.application()));
    }

    @GET
    @Path("/{id}")
    @Operation(hidden = true)
    public Uni<TemplateInstance> one(@RestPath String id, @BeanParam ListParameters list) {
        return FindingApi.versions(queries, id, list).flatMap(page -> one(page, list));
    }

    private Uni<TemplateInstance> one(Page<Recorded> page, ListParameters list) {
        List<FindingView> versions = views(page);
        FindingView finding = versions.getFirst();
        Frames.About about =
                new Frames.About(
                        finding.kindWords() + ": " + finding.about(),
                        "/findings/" + Links.segment(finding.id()),
                        "/findings",
                        finding.cluster().uid());
        Instant at = list.moment();
        return siblings(finding, at)
                .flatMap(siblings ->
                        frames.frame(about, at)
                                .map(frame ->
                                        Pages.finding(
                                                new Pages.Finding(
                                                        frame, finding, versions, siblings))));
    }

    private Uni<List<FindingView>> siblings(FindingView finding, @Nullable Instant at) {
        if (finding.resource() == null) {
            return Uni.createFrom().item(List.of());
        }
        return queries.openFindings(
                        finding.cluster().uid(), finding.resource(), at, PageRequest.FIRST)
                .map(page ->
                        views(page).stream()
                                .filter(other -> !other.id().equals(finding.id()))
                                .toList());
    }

    private static List<FindingView> views(Page<Recorded> page) {
        return page.items().stream().map(FindingView::of).toList();
    }
}
