package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import dev.driftledger.store.Page;
import dev.driftledger.store.PageRequest;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The page of one resource's history.
@Path("/resource/{cluster}/{group}/{kind}/{namespace}/{name}")
@Produces(Html.TYPE)
public final class ResourcePages {
    private static final String UNSEEN =
            "Nobody names it, and it was not seen by then. That is not the same as “it"
                    + " did not exist”: the page of coverage says whether its type was"
                    + " being watched";

    private final Queries queries;
    private final Logs logs;
    private final Frames frames;
    private final Explanations explanations;

    ResourcePages(Queries queries, Logs logs, Frames frames, Explanations explanations) {
        this.explanations = explanations;
        this.queries = queries;
        this.logs = logs;
        this.frames = frames;
    }

    @GET
    @Operation(hidden = true)
    public Uni<TemplateInstance> history(
            @BeanParam ResourceAddress address,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        ResourceKey key = address.key();
        String path = new Links(null).resource(PublicId.cluster(address.cluster), key);
        Frames.About about = new Frames.About(key.display(), path, "/", address.cluster);
        Instant at = list.moment();
        return Uni.combine()
                .all()
                .unis(
                        logs.summary(address.cluster),
                        told(new Explanations.Asked(address.cluster, key, at)),
                        history(address.cluster, key, list),
                        effects(address.cluster, key, at),
                        frames.frame(about, at))
                // A request has one session, which takes one query at a time.
                .usingConcurrencyOf(1)
                .with((log, told, page, effects, frame) -> {
                    if (told.isEmpty() && page.totalSize() == 0) {
                        throw Refusal.unknown("Resource", UNSEEN);
                    }
                    return Pages.resource(
                            new Pages.Resource(
                                    frame,
                                    ClusterView.of(log.cluster()),
                                    key,
                                    told.orElse(null),
                                    effects,
                                    page.items().stream().map(EntryView::of).toList(),
                                    Pages.Turn.of(page, uri)));
                });
    }

    /// Its verdict and why; empty where it cannot be told.
    private Uni<Optional<ExplanationView>> told(Explanations.Asked asked) {
        return explanations
                .of(asked)
                .map(Optional::of)
                .onFailure(Refusal.class)
                .recoverWithItem(Optional.empty());
    }

    private Uni<Page<Recorded>> history(String cluster, ResourceKey key, ListParameters list) {
        return Asked.of(() -> queries.resourceHistory(cluster, key, list.moment(), list.request()));
    }

    private Uni<List<EffectView>> effects(String cluster, ResourceKey key, @Nullable Instant at) {
        return queries.effects(cluster, null, key, at, PageRequest.FIRST)
                .map(page -> page.items().stream().map(EffectView::of).toList());
    }
}
