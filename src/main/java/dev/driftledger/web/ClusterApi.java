package dev.driftledger.web;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The watched clusters.
@Path("/api/v1/clusters")
@Tag(name = "Clusters")
@Produces(MediaType.APPLICATION_JSON)
public final class ClusterApi {
    private final Logs logs;

    ClusterApi(Logs logs) {
        this.logs = logs;
    }

    @GET
    @Operation(
            operationId = "listClusters",
            summary = "All clusters with their logs, in the order in which the logs began")
    public Uni<RestResponse<Listing<LogView>>> list(
            @BeanParam ListParameters list, @Context UriInfo uri) {
        list.refuseOtherPages();
        return logs.all(list.moment())
                .map(all -> Listing.whole(all, all.stream().mapToLong(LogView::size).sum(), uri));
    }
}
