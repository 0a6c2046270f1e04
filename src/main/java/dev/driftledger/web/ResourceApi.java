package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.Queries;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// What happened to single objects of a cluster.
@Path("/api/v1/resources")
@Tag(name = "Resources")
@Produces(MediaType.APPLICATION_JSON)
public final class ResourceApi {
    private final Queries queries;

    ResourceApi(Queries queries) {
        this.queries = queries;
    }

    @GET
    @Path("/{id}/history")
    @Operation(
            operationId = "listResourceHistory",
            summary = "Every entry about a resource, newest first")
    public Uni<RestResponse<Listing<EntryView>>> history(
            @Parameter(description = "<cluster uid>:group:kind:namespace:name") @RestPath String id,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        PublicId<ResourceKey> parsed = PublicId.resource(id);
        return list.answer(
                uri,
                (at, part) -> queries.resourceHistory(parsed.cluster(), parsed.within(), at, part),
                EntryView::of);
    }
}
