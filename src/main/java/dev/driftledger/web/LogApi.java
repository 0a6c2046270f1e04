package dev.driftledger.web;

import dev.driftledger.ledger.EntryType;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The logs: their heads, their entries, the proof of each.
@Path("/api/v1/log/{cluster}")
@Tag(name = "Log")
@Produces(MediaType.APPLICATION_JSON)
public final class LogApi {
    private final Logs logs;
    private final Queries queries;
    private final Proofs proofs;

    LogApi(Logs logs, Queries queries, Proofs proofs) {
        this.logs = logs;
        this.queries = queries;
        this.proofs = proofs;
    }

    @GET
    @Operation(operationId = "getLog", summary = "A log's size, newest checkpoint and key")
    public Uni<LogView> get(
            @RestPath String cluster,
            @Parameter(description = "The moment to answer for, RFC 3339; without it, now")
                    @QueryParam("at")
                    @Nullable String at) {
        return logs.one(cluster, Moment.past("at", at, Instant.now()));
    }

    @GET
    @Path("/entries")
    @Operation(operationId = "listEntries", summary = "Entries, newest first")
    public Uni<RestResponse<Listing<EntryView>>> entries(
            @RestPath String cluster,
            @Parameter(description = "Only entries of this type, such as finding.opened")
                    @QueryParam("type")
                    @Nullable String type,
            @BeanParam ListParameters list,
            @Context UriInfo uri) {
        return logs.summary(cluster)
                .flatMap(_ ->
                        list.answer(
                                uri,
                                (at, part) -> queries.entries(cluster, types(type), at, part),
                                EntryView::of));
    }

    private static List<EntryType> types(@Nullable String type) {
        return type == null || type.isEmpty() ? List.of() : List.of(EntryType.ofWireName(type));
    }

    @GET
    @Path("/entries/{index}")
    @Operation(operationId = "getEntry", summary = "One entry and its inclusion proof")
    public Uni<ProvenEntry> entry(
            @RestPath String cluster,
            @RestPath String index,
            @Parameter(description = "Prove it by a checkpoint of this moment, RFC 3339")
                    @QueryParam("at")
                    @Nullable String at) {
        Instant moment = Moment.past("at", at, Instant.now());
        long number = index(index);
        return entry(queries, cluster, number, moment)
                .flatMap(entry ->
                        proofs.of(cluster, number, moment)
                                .map(proven -> ProvenEntry.of(entry, proven.orElse(null))));
    }

    /// One entry that was recorded by then.
    ///
    /// @throws Refusal with 404
    static Uni<Recorded> entry(Queries queries, String cluster, long index, @Nullable Instant at) {
        return Asked.one(
                Refusal.unknown(
                                "Entry",
                                "GET /api/v1/log/{cluster} tells how many entries there are at"
                                        + " that moment")
                        .onPages("The page of logs tells how many entries each log has"),
                () ->
                        queries.entry(PublicId.cluster(cluster), index)
                                .map(found ->
                                        found.filter(entry ->
                                                at == null
                                                        || !entry.entry()
                                                                .recordedAt()
                                                                .isAfter(at))));
    }

    /// Reads the index of an entry.
    ///
    /// @throws Refusal with 400
    static long index(String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw Refusal.malformed("index", "a whole number from 0");
        }
        return Long.parseLong(text);
    }
}
