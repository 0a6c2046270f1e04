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

/// When which type of resource was really being watched.
@Path("/api/v1/coverage")
@Tag(name = "Coverage")
@Produces(MediaType.APPLICATION_JSON)
public final class CoverageApi {
    private final Observation observation;

    CoverageApi(Observation observation) {
        this.observation = observation;
    }

    @GET
    @Operation(
            operationId = "listCoverage",
            summary = "Coverage of each cluster, by type, within a range of time")
    public Uni<RestResponse<Listing<CoverageView>>> list(
            @BeanParam CoverageParameters parameters,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        list.refuseOtherPages();
        return observation
                .of(parameters, list.moment())
                .map(all -> Listing.whole(all.views(), all.asOf(), uri));
    }
}
