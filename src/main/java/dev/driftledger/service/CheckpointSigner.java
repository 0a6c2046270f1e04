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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signs the checkpoints of one log.
///
/// Before it signs, it reads back what is stored and hashes it again, compares, and has the
/// checkpoint remembered outside the database. While the database holds less than was signed it
/// waits; once it holds as much again the roots decide: with the same root it goes on, with another
/// one, as with anything else that it finds wrong, it freezes for good: nothing more is signed
/// until a person has looked. That is not written down anywhere: every reason is something in what
/// is stored and remembered, so who takes over finds it again and freezes too, and once it is
/// mended signing goes on with the next start.
final class CheckpointSigner implements AutoCloseable {
    private static final int CHUNK_COUNT = 4_096;

    private final ClusterRef cluster;
    private final String origin;
    private final SigningKey key;
    private final Places places;

    /// What is signed, found in the database; null until that was looked at.
    private @Nullable Frontier signed;

    /// What was signed and was not found in the database yet; null when it was.
    private @Nullable Checkpoint awaited;

    private Signing standing = new Signing.Signed();

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

    /// Signs the log as it is stored now, unless it is signed already, or must not be.
    ///
    /// @return how it stands now
    /// @throws CheckpointGuard.FencedException when another instance became the signer; whoever
    ///     still has the log's partition may try again after a while
    /// @throws RuntimeException when the database or Kafka did not answer; try again
    Signing sign() {
        if (standing instanceof Signing.Frozen) {
            return standing;
        }
        try {
            standing = signSome();
        } catch (DamagedStoreException | ForkException e) {
            standing = new Signing.Frozen(String.valueOf(e.getMessage()));
        } catch (CheckpointGuard.FencedException | CheckpointGuard.AwayException e) {
            signed = null;
            awaited = null;
            throw e;
        }
        return standing;
    }

    /// Takes the right to sign before it looks at the log, which nobody else can sign further then.
    private Signing signSome() {
        if (signed == null && awaited == null) {
            awaited = takeOver();
        }
        StoredLog log = places.logs().load(cluster, origin).await().atMost(places.waitMax());
        Checkpoint before = awaited;
        if (signed != null && log.size() < signed.size()) {
            before = new Checkpoint(origin, signed.size(), signed.root());
            awaited = before;
            signed = null;
        }
        if (before != null && log.size() < before.size()) {
            return new Signing.Behind(log.size(), before.size());
        }
        Frontier from = before == null ? Objects.requireNonNull(signed) : found(before, log);
        signed = from;
        awaited = null;
        if (log.size() > from.size()) {
            signed = sign(from, log);
        }
        return new Signing.Signed();
    }

    /// Becomes the only signer. A log of which nothing is remembered is remembered as empty, so
    /// that it is known outside the database before anything is sent for it.
    ///
    /// @return what was signed last, or may have been
    private Checkpoint takeOver() {
        String remembered = places.guard().takeOver(origin);
        if (remembered != null) {
            return Checkpoint.parse(remembered);
        }
        Checkpoint empty = new Checkpoint(origin, 0, Frontier.EMPTY.root());
        places.guard().remember(origin, empty.text());
        return empty;
    }

    /// Checks that the database continues what was signed before, and keeps the checkpoint of that
    /// again where it is missing.
    private Frontier found(Checkpoint before, StoredLog log) {
        requireEqual(
                "the " + before.size() + " entries that were signed before",
                frontier(before.size()).root(),
                before.root());
        StoredCheckpoint last = log.checkpoint();
        Frontier from = last == null ? Frontier.EMPTY : frontier(last.size());
        if (last != null) {
            requireEqual("the last stored checkpoint", from.root(), last.root());
        }
        if (before.size() <= from.size()) {
            return from;
        }
        Frontier to = readBack(from, before.size());
        requireEqual(
                "the " + before.size() + " entries that were signed before",
                to.root(),
                before.root());
        save(before, Note.sign(before.text(), List.of(key)));
        return to;
    }

    private Frontier sign(Frontier from, StoredLog log) {
        Frontier to = readBack(from, log.size());
        requireEqual("the stored tree", to.root(), log.frontier().root());
        Checkpoint checkpoint = new Checkpoint(origin, to.size(), to.root());
        places.guard().remember(origin, checkpoint.text());
        save(checkpoint, Note.sign(checkpoint.text(), List.of(key)));
        return to;
    }

    private Frontier readBack(Frontier from, long size) {
        Frontier to = from;
        while (to.size() < size) {
            long end = Math.min(size, to.size() + CHUNK_COUNT);
            List<Digest> leaves =
                    places.logs()
                            .rehash(cluster.uid(), to.size(), end)
                            .await()
                            .atMost(places.waitMax());
            to = Integration.append(to, leaves).frontier();
        }
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

    private Frontier frontier(long size) {
        Set<HashReader.Place> needed = HashReader.needed(reader -> Frontier.of(size, reader));
        HashReader reader =
                places.files().hashes(cluster.uid(), needed).await().atMost(places.waitMax());
        return Frontier.of(size, reader);
    }

    private static void requireEqual(String what, Digest got, Digest want) {
        if (!got.equals(want)) {
            throw new ForkException(
                    "the database holds another history: root of "
                            + what
                            + " is "
                            + want
                            + ", the one of what is stored is "
                            + got
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
