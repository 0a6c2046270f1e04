package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.HashReader;
import dev.driftledger.ledger.Integration;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.store.DamagedStoreException;
import dev.driftledger.store.LogFilesStore;
import dev.driftledger.store.LogStore;
import dev.driftledger.store.StoredCheckpoint;
import dev.driftledger.store.StoredLog;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signs the checkpoints of one log.
///
/// Before it signs, it reads back what is stored and hashes it again, compares, and has the
/// checkpoint remembered outside the database. What it finds wrong freezes it for good: nothing
/// more is signed until a person has looked. That is not written down anywhere: every reason is
/// something in what is stored and remembered, so who takes over finds it again and freezes too,
/// and once it is mended signing goes on with the next start.
final class CheckpointSigner implements AutoCloseable {
    private static final int CHUNK_COUNT = 4_096;

    private final ClusterRef cluster;
    private final String origin;
    private final SigningKey key;
    private final Places places;
    private @Nullable Frontier signed;
    private volatile @Nullable String frozen;

    /// Where a signer reads and writes.
    ///
    /// @param waitMax how long the database may take to answer
    record Places(
            LogStore logs,
            LogFilesStore files,
            CheckpointGuard guard,
            Clock clock,
            Duration waitMax) {}

    CheckpointSigner(ClusterRef cluster, String origin, SigningKey key, Places places) {
        this.cluster = cluster;
        this.origin = origin;
        this.key = key;
        this.places = places;
    }

    /// Why nothing is signed any more; null while all is well.
    @Nullable String frozen() {
        return frozen;
    }

    /// Signs the log as it is stored now, unless it is signed already.
    ///
    /// @throws RuntimeException when the database or Kafka did not answer; try again
    void sign() {
        if (frozen != null) {
            return;
        }
        try {
            StoredLog log = places.logs().load(cluster, origin).await().atMost(places.waitMax());
            Frontier from = signed == null ? takeOver(log) : signed;
            if (log.size() < from.size()) {
                throw shorter(log.size(), from.size());
            }
            signed = from;
            if (log.size() > from.size()) {
                signed = sign(from, log);
            }
        } catch (DamagedStoreException | ForkException e) {
            frozen = e.getMessage();
        } catch (CheckpointGuard.FencedException e) {
            signed = null;
        } catch (CheckpointGuard.AwayException e) {
            signed = null;
            throw e;
        }
    }

    private Frontier sign(Frontier from, StoredLog log) {
        Frontier to = from;
        while (to.size() < log.size()) {
            long end = Math.min(log.size(), to.size() + CHUNK_COUNT);
            List<Digest> leaves =
                    places.logs()
                            .rehash(cluster.uid(), to.size(), end)
                            .await()
                            .atMost(places.waitMax());
            to = Integration.append(to, leaves).frontier();
        }
        requireEqual("entries read back", to.root(), log.frontier().root());
        Checkpoint checkpoint = new Checkpoint(origin, to.size(), to.root());
        places.guard().remember(origin, checkpoint.text());
        Note note = Note.sign(checkpoint.text(), List.of(key));
        save(checkpoint, note);
        return to;
    }

    private void save(Checkpoint checkpoint, Note note) {
        StoredCheckpoint stored =
                new StoredCheckpoint(
                        checkpoint.size(),
                        checkpoint.root(),
                        new String(note.bytes(), java.nio.charset.StandardCharsets.UTF_8),
                        places.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        places.logs().saveCheckpoint(cluster.uid(), stored).await().atMost(places.waitMax());
    }

    /// Becomes the only signer and checks that the database continues what was signed before.
    private Frontier takeOver(StoredLog log) {
        String remembered = places.guard().takeOver(origin);
        if (remembered != null) {
            Checkpoint before = Checkpoint.parse(remembered);
            if (before.size() > log.size()) {
                throw shorter(log.size(), before.size());
            }
            requireEqual("signed before", before.root(), frontier(before.size()).root());
        }
        StoredCheckpoint last = log.checkpoint();
        if (last == null) {
            return Frontier.EMPTY;
        }
        Frontier frontier = frontier(last.size());
        requireEqual("last stored checkpoint", last.root(), frontier.root());
        return frontier;
    }

    private static ForkException shorter(long stored, long signed) {
        return new ForkException(
                "the database holds "
                        + stored
                        + " entries of the log, but "
                        + signed
                        + " were signed: was it restored from an old backup? Nothing is signed"
                        + " until the newer data is back and the service started again");
    }

    private Frontier frontier(long size) {
        Set<HashReader.Place> needed = HashReader.needed(reader -> Frontier.of(size, reader));
        HashReader reader =
                places.files().hashes(cluster.uid(), needed).await().atMost(places.waitMax());
        return Frontier.of(size, reader);
    }

    private static void requireEqual(String what, Digest got, Digest want) {
        if (!got.equals(want)) {
            throw new ForkException(
                    "root of what the database holds differs from "
                            + what
                            + ": got "
                            + got
                            + ", want "
                            + want
                            + "; nothing is signed any more");
        }
    }

    @Override
    public void close() {
        places.guard().release(origin);
    }

    /// The database and what was signed are two histories.
    private static final class ForkException extends RuntimeException {
        ForkException(String message) {
            super(message);
        }
    }
}
