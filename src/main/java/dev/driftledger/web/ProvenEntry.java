package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.model.Digest;
import dev.driftledger.store.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One entry, byte for byte as it was hashed, and its inclusion proof.
///
/// @param entry canonical JSON
/// @param leafHash SHA-256 over 0x00 and the entry
/// @param proof null while no signed checkpoint covers the entry
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProvenEntry(
        long index,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String entry,
        Digest leafHash,
        @Nullable Proof proof) {

    /// The path to a signed root.
    ///
    /// @param path hashes from the leaf's sibling upwards
    /// @param checkpoint whose root it leads to
    record Proof(long size, List<Digest> path, CheckpointView checkpoint) {
        Proof {
            path = List.copyOf(path);
        }
    }

    static ProvenEntry of(Recorded recorded, Proofs.@Nullable Proven proven) {
        byte[] bytes = recorded.entry().bytes();
        return new ProvenEntry(
                recorded.index(),
                new String(bytes, StandardCharsets.UTF_8),
                Hashing.leaf(bytes),
                proven == null
                        ? null
                        : new Proof(
                                proven.proof().size(),
                                proven.proof().path(),
                                CheckpointView.of(proven.checkpoint())));
    }
}
