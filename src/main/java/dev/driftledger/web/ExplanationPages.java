package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The page that says why the verdict about a resource is what it is.
@Path("/why/{cluster}/{group}/{kind}/{namespace}/{name}")
@Produces(Html.TYPE)
public final class ExplanationPages {
    private final Explanations explanations;
    private final Logs logs;
    private final Frames frames;

    ExplanationPages(Explanations explanations, Logs logs, Frames frames) {
        this.explanations = explanations;
        this.logs = logs;
        this.frames = frames;
    }

    @GET
    @Operation(hidden = true)
    public Uni<TemplateInstance> why(
            @BeanParam ResourceAddress address, @QueryParam("at") @Nullable String at) {
        ResourceKey key = address.key();
        Instant moment = Moment.past("at", at, Instant.now());
        String path = new Links(null).why(PublicId.cluster(address.cluster), key);
        Frames.About about = new Frames.About("Why: " + key.display(), path, "/", address.cluster);
        return logs.summary(address.cluster)
                .flatMap(log ->
                        explanations
                                .of(new Explanations.Asked(address.cluster, key, moment))
                                .flatMap(told ->
                                        frames.frame(about, moment)
                                                .map(frame ->
                                                        Pages.why(
                                                                new Pages.Why(
                                                                        frame,
                                                                        ClusterView.of(
                                                                                log.cluster()),
                                                                        key,
                                                                        told)))));
    }
}
