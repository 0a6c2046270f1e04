package dev.driftledger.web;

import dev.driftledger.store.Page;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;
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
        if (list.request().token() != null) {
            throw Refusal.notAccepted("page_token must be left out: all clusters are on one page");
        }
        return logs.all(list.moment())
                .map(all ->
                        new Page<>(
                                all, all.size(), null, all.stream().mapToLong(LogView::size).sum()))
                .map(page -> Listing.of(page, Function.identity(), uri));
    }
}
