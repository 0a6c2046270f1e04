package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Queries;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What is deployed, and whether it runs as git says.
@Path("/api/v1/applications")
@Tag(name = "Applications")
@Produces(MediaType.APPLICATION_JSON)
public final class ApplicationApi {
    private final Queries queries;
    private final LogFilesStore files;

    ApplicationApi(Queries queries, LogFilesStore files) {
        this.queries = queries;
        this.files = files;
    }

    @GET
    @Operation(operationId = "listApplications", summary = "Applications by their last snapshots")
    public Uni<RestResponse<Listing<ApplicationView>>> list(
            @BeanParam ApplicationFilters filters,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        return Asked.of(() -> queries.applications(filters.filter(), list.moment(), list.request()))
                .map(page -> Listing.of(page, ApplicationView::of, uri));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApplication", summary = "One application and its resources")
    public Uni<ApplicationDetail> get(
            @Parameter(description = "<cluster uid>:reconciler:namespace:name") @RestPath String id,
            @Parameter(description = "The moment to answer for, RFC 3339; without it, now")
                    @QueryParam("at")
                    @Nullable String at) {
        PublicId<ApplicationId> parsed = PublicId.application(id);
        Instant moment = Moment.past("at", at, Instant.now());
        return Asked.one(
                        "Application",
                        "GET /api/v1/applications lists those that are, for the same moment",
                        () -> queries.application(parsed.cluster(), parsed.within(), moment))
                .flatMap(snapshot -> ApplicationDetail.of(snapshot, files));
    }
}
