package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Why the verdict about an object is what it is.
@Path("/api/v1/resources/{id}/explanation")
@Tag(name = "Resources")
@Produces(MediaType.APPLICATION_JSON)
public final class ExplanationApi {
    private final Explanations explanations;

    ExplanationApi(Explanations explanations) {
        this.explanations = explanations;
    }

    @GET
    @Operation(
            operationId = "explainResource",
            summary = "Every rule that fired on the way to a resource's verdict, in order")
    public Uni<ExplanationView> explanation(
            @Parameter(description = "<cluster uid>:group:kind:namespace:name") @RestPath String id,
            @Parameter(description = "The moment to answer for, RFC 3339; without it, now")
                    @QueryParam("at")
                    @Nullable String at) {
        PublicId<ResourceKey> parsed = PublicId.resource(id);
        Instant moment = Moment.past("at", at, Instant.now());
        return explanations.of(new Explanations.Asked(parsed.cluster(), parsed.within(), moment));
    }
}
