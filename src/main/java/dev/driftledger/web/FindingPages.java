package dev.driftledger.web;

import dev.driftledger.store.Page;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/// The pages of all findings and of one.
@Path("/findings")
@Produces(Html.TYPE)
public final class FindingPages {
    private final Queries queries;
    private final Frames frames;

    FindingPages(Queries queries, Frames frames) {
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
        Frames.About about =
                new Frames.About(
                        "Findings", "/findings", "/findings", Texts.cluster(filters.cluster));
        return Asked.of(() -> queries.findings(filters.filter(), list.moment(), list.request()))
                .flatMap(page ->
                        frames.frame(about, list.moment(), typed.parameters())
                                .map(frame ->
                                        Pages.findings(
                                                new Pages.Findings(
                                                        frame,
                                                        typed,
                                                        views(page),
                                                        Pages.Turn.of(page, uri)))));
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
        return frames.frame(about, list.moment())
                .map(frame -> Pages.finding(new Pages.Finding(frame, finding, versions)));
    }

    private static List<FindingView> views(Page<Recorded> page) {
        return page.items().stream().map(FindingView::of).toList();
    }
}
