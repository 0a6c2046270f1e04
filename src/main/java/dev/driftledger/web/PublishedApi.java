package dev.driftledger.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/// What consumers of the topic of events need; `dataschema` of each event leads here.
@Path("/")
public final class PublishedApi {
    PublishedApi() {}

    @GET
    @Path("/asyncapi.yaml")
    @Operation(hidden = true)
    public Response asyncApi(@Context Request request) {
        return answer("application/yaml", Published.asyncApi(), request);
    }

    @GET
    @Path("/schemas/{name}/v1.json")
    @Operation(hidden = true)
    public Response schema(@RestPath String name, @Context Request request) {
        return answer("application/schema+json", Published.schema(name), request);
    }

    private static Response answer(String mediaType, String text, Request request) {
        return FileAnswer.changing(mediaType, text.getBytes(StandardCharsets.UTF_8), request);
    }
}
