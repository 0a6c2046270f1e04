package dev.driftledger.web;

import dev.driftledger.store.FindingFilter;
import dev.driftledger.store.Page;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// Statements about resources, with their evidence.
@Path("/api/v1/findings")
@Tag(name = "Findings")
@Produces(MediaType.APPLICATION_JSON)
public final class FindingApi {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Queries queries;
    private final Logs logs;

    FindingApi(Queries queries, Logs logs) {
        this.queries = queries;
        this.logs = logs;
    }

    @GET
    @Operation(operationId = "listFindings", summary = "Findings by their last versions")
    public Uni<RestResponse<Listing<FindingView>>> list(
            @BeanParam FindingParameters filters,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        FindingFilter filter = filters.filter();
        return logs.known(
                filter.cluster(),
                () ->
                        list.answer(
                                uri,
                                (at, part) -> queries.findings(filter, at, part),
                                FindingView::of));
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getFinding",
            summary = "All that the log says about one finding, newest first")
    public Uni<RestResponse<Listing<FindingView>>> get(
            @Parameter(description = "32 hex digits") @RestPath String id,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        return versions(queries, id, list).map(page -> Listing.of(page, FindingView::of, uri));
    }

    /// Every version of a finding, newest first.
    ///
    /// @throws Refusal with 404 when there is none at that moment
    static Uni<Page<Recorded>> versions(Queries queries, String id, ListParameters list) {
        if (!ID.matcher(id).matches()) {
            throw Refusal.malformed("finding id", "32 lower-case hex digits");
        }
        return list.ask((at, part) -> queries.finding(null, id, at, part))
                .invoke(page -> {
                    if (page.totalSize() == 0) {
                        throw Refusal.unknown(
                                        "Finding",
                                        "GET /api/v1/findings lists those that are, for the same"
                                                + " moment")
                                .onPages("The page of findings lists those that are");
                    }
                });
    }
}
