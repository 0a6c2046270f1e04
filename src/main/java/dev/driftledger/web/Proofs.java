package dev.driftledger.web;

import dev.driftledger.ledger.HashReader;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.InclusionProof;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.TlogProof;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.PageRequest;
import dev.driftledger.store.Queries;
import dev.driftledger.store.Recorded;
import dev.driftledger.store.StoredCheckpoint;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Proves entries by the checkpoints that were signed.
@Singleton
final class Proofs {
    private static final PageRequest NEWEST = new PageRequest(1, null);

    private final Queries queries;
    private final LogFilesStore files;

    Proofs(Queries queries, LogFilesStore files) {
        this.queries = queries;
        this.files = files;
    }

    /// An entry's path to the root of a signed checkpoint.
    record Proven(InclusionProof proof, StoredCheckpoint checkpoint) {
        /// The path step by step, from the entry's own bytes.
        ProofWalk walk(Recorded recorded) {
            return ProofWalk.of(proof, Hashing.leaf(recorded.entry().bytes()), checkpoint.root());
        }

        /// The file of C2SP tlog-proof.
        byte[] file() {
            byte[] note = checkpoint.note().getBytes(StandardCharsets.UTF_8);
            return new TlogProof(proof.index(), proof.path(), Note.parse(note)).bytes();
        }
    }

    /// The proof by the newest checkpoint of the moment; empty when that does not cover the entry.
    Uni<Optional<Proven>> of(String cluster, long index, @Nullable Instant at) {
        return queries.checkpoints(cluster, at, NEWEST)
                .flatMap(page ->
                        page.items().isEmpty() || page.items().getFirst().size() <= index
                                ? Uni.createFrom().item(Optional.empty())
                                : build(cluster, index, page.items().getFirst()).map(Optional::of));
    }

    private Uni<Proven> build(String cluster, long index, StoredCheckpoint checkpoint) {
        long size = checkpoint.size();
        Set<HashReader.Place> places =
                HashReader.needed(reader -> InclusionProof.build(reader, index, size));
        return files.hashes(cluster, places)
                .map(reader -> new Proven(InclusionProof.build(reader, index, size), checkpoint));
    }
}
