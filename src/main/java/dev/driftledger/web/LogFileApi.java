package dev.driftledger.web;

import dev.driftledger.ledger.TilePath;
import dev.driftledger.model.Digest;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.StoredCheckpoint;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/// The files of a log in the layout of C2SP tlog-tiles, with what we add beside it: blobs,
/// checkpoints by size, proofs and the key. All but the newest checkpoint and the key never change.
@Path("/log/{cluster}")
public final class LogFileApi {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";
    private static final Set<String> SAFE_TYPES =
            Set.of("application/json", "application/yaml", "text/plain");
    private static final String ABSENT = "The page /log/{cluster}/ lists all files of the log";

    private final LogFilesStore files;
    private final Logs logs;
    private final Proofs proofs;

    LogFileApi(LogFilesStore files, Logs logs, Proofs proofs) {
        this.files = files;
        this.logs = logs;
        this.proofs = proofs;
    }

    @GET
    @Path("/checkpoint")
    @Operation(hidden = true)
    public Uni<Response> checkpoint(@RestPath String cluster, @Context Request request) {
        return Asked.one(
                        "Checkpoint",
                        "The first one is signed soon after the log began; ask again",
                        () -> files.latestCheckpoint(PublicId.cluster(cluster)))
                .map(found -> FileAnswer.changing(TEXT, note(found), request));
    }

    @GET
    @Path("/checkpoints/{size}")
    @Operation(hidden = true)
    public Uni<Response> checkpointOfSize(
            @RestPath String cluster, @RestPath String size, @Context Request request) {
        long number = LogApi.index(size);
        return Asked.one(
                        "Checkpoint",
                        "The page /checkpoints/{cluster} lists all that were signed",
                        () -> files.checkpoint(PublicId.cluster(cluster), number))
                .map(found -> FileAnswer.immutable(TEXT, note(found), request));
    }

    private static byte[] note(StoredCheckpoint checkpoint) {
        return checkpoint.note().getBytes(StandardCharsets.UTF_8);
    }

    @GET
    @Path("/tile/{path: .+}")
    @Operation(hidden = true)
    public Uni<Response> tile(
            @RestPath String cluster, @RestPath String path, @Context Request request) {
        TilePath tile = tilePath(path);
        return Asked.one("Tile", ABSENT, () -> files.tile(PublicId.cluster(cluster), tile))
                .map(found -> FileAnswer.immutable(BYTES, found.bytes(), request));
    }

    private static TilePath tilePath(String path) {
        try {
            return TilePath.parse("tile/" + path);
        } catch (IllegalArgumentException e) {
            throw Refusal.unknown(
                    "Tile",
                    "tiles are called tile/<level>/<index>[.p/<width>] and"
                            + " tile/entries/<index>[.p/<width>] (C2SP tlog-tiles)");
        }
    }

    @GET
    @Path("/blobs/sha256/{prefix}/{hex}")
    @Operation(hidden = true)
    public Uni<Response> blob(
            @RestPath String cluster,
            @RestPath String prefix,
            @RestPath String hex,
            @Context Request request) {
        PublicId.cluster(cluster);
        if (!hex.matches("[0-9a-f]{64}") || !hex.startsWith(prefix) || prefix.length() != 2) {
            throw Refusal.unknown("Blob", "blobs are called blobs/sha256/<aa>/<64 hex digits>");
        }
        return Asked.one("Blob", ABSENT, () -> files.blob(Digest.ofHex(hex)))
                .map(found ->
                        FileAnswer.immutable(
                                SAFE_TYPES.contains(found.mediaType()) ? found.mediaType() : BYTES,
                                found.content().bytes(),
                                request));
    }

    @GET
    @Path("/proofs/{file}")
    @Operation(hidden = true)
    public Uni<Response> proof(
            @RestPath String cluster, @RestPath String file, @Context Request request) {
        if (!file.endsWith(".tlog-proof")) {
            throw Refusal.unknown("Proof", "proofs are called proofs/<index>.tlog-proof");
        }
        long index = LogApi.index(file.substring(0, file.length() - ".tlog-proof".length()));
        return Asked.one(
                        "Proof",
                        "No signed checkpoint covers that entry yet, or there is no such entry",
                        () -> proofs.of(PublicId.cluster(cluster), index, null))
                .map(proven -> FileAnswer.changing(TEXT, proven.file(), request));
    }

    @GET
    @Path("/key")
    @Operation(hidden = true)
    public Uni<Response> key(@RestPath String cluster, @Context Request request) {
        return Asked.one(
                        "Key",
                        "This service does not hold the log's key; ask whoever runs it",
                        () -> logs.one(cluster, null).map(log -> Optional.ofNullable(log.key())))
                .map(key ->
                        FileAnswer.changing(
                                TEXT, (key + "\n").getBytes(StandardCharsets.UTF_8), request));
    }
}
