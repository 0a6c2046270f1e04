package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.store.ApplicationFilter;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private final Observation observation;
    private final Logs logs;

    ApplicationApi(Queries queries, LogFilesStore files, Observation observation, Logs logs) {
        this.logs = logs;
        this.queries = queries;
        this.files = files;
        this.observation = observation;
    }

    @GET
    @Operation(operationId = "listApplications", summary = "Applications by their last snapshots")
    public Uni<RestResponse<Listing<ApplicationView>>> list(
            @BeanParam ApplicationFilters filters,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        ApplicationFilter filter = filters.filter();
        return logs.known(
                        filter.cluster(),
                        () -> list.ask((at, part) -> queries.applications(filter, at, part)))
                .flatMap(page ->
                        observation
                                .watching(clusters(page.items()), list.moment())
                                .map(watching -> Listing.of(page, shown(watching), uri)));
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
                .flatMap(snapshot ->
                        observation
                                .watching(Set.of(parsed.cluster()), moment)
                                .flatMap(watching ->
                                        ApplicationDetail.of(
                                                snapshot, of(snapshot, watching), files)));
    }

    private static Set<String> clusters(List<Recorded> snapshots) {
        return snapshots.stream().map(ApplicationApi::cluster).collect(Collectors.toSet());
    }

    private static Function<Recorded, ApplicationView> shown(Map<String, Watching> watching) {
        return snapshot -> ApplicationView.of(snapshot, of(snapshot, watching));
    }

    private static Watching of(Recorded snapshot, Map<String, Watching> watching) {
        return watching.getOrDefault(cluster(snapshot), Watching.UNKNOWN);
    }

    private static String cluster(Recorded snapshot) {
        return snapshot.entry().cluster().uid();
    }
}
