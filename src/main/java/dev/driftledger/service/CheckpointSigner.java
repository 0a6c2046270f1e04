package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.HashReader;
import dev.driftledger.ledger.Integration;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.model.Digest;
import dev.driftledger.store.DamagedStoreException;
import dev.driftledger.store.StoredCheckpoint;
import dev.driftledger.store.StoredLog;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Signs the checkpoints of one log.
///
/// Before it signs, it has what is stored hashed again, compares, and has the checkpoint remembered
/// outside the database. While the database holds less than was signed it waits; once it holds as
/// much again the roots decide: with the same root it goes on, with another one, as with anything
/// else that it finds wrong, it freezes for good: nothing more is signed until a person has looked.
/// That is not written down anywhere: every reason is something in what is stored and remembered,
/// so who takes over finds it again and freezes too, and once it is mended signing goes on with the
/// next start.
final class CheckpointSigner implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CheckpointSigner.class);
    private static final int CHUNK_COUNT = 4_096;

    private final SignedLog log;
    private final String origin;
    private final SigningKey key;
    private final InstantSource clock;

    /// What is signed, found in the database; null until that was looked at.
    private @Nullable Frontier signed;

    /// What was signed and was not found in the database yet; null when it was.
    private @Nullable Checkpoint awaited;

    private Signing standing = new Signing.Signed();

    /// @param origin the name of the log and of its key
    CheckpointSigner(SignedLog log, String origin, SigningKey key, InstantSource clock) {
        this.log = log;
        this.origin = origin;
        this.key = key;
        this.clock = clock;
    }

    /// Becomes the only signer, unless it is already. A log of which nothing is remembered is
    /// remembered as empty, so that it is known outside the database before anything is sent for
    /// it. Returns once it is remembered, with whatever words.
    ///
    /// @throws CheckpointGuard.FencedException when another instance became the signer meanwhile
    /// @throws RuntimeException when Kafka did not answer, or refuses; try again
    void takeOver() {
        if (standing instanceof Signing.Frozen || signed != null || awaited != null) {
            return;
        }
        String remembered = log.takeOver();
        if (remembered == null) {
            Checkpoint empty = new Checkpoint(origin, 0, Frontier.EMPTY.root());
            log.remember(empty.text());
            awaited = empty;
            return;
        }
        try {
            awaited = parse(remembered);
        } catch (IllegalArgumentException e) {
            standing =
                    new Signing.Frozen(
                            "what the checkpoint topic remembers of it cannot be used: "
                                    + e.getMessage()
                                    + "; nothing is signed any more");
        }
    }

    private Checkpoint parse(String remembered) {
        Checkpoint checkpoint = Checkpoint.parse(remembered);
        if (!checkpoint.origin().equals(origin)) {
            throw new IllegalArgumentException("it is of another log, " + checkpoint.origin());
        }
        return checkpoint;
    }

    /// Signs the log as it is stored now, unless it is signed already, or must not be. After any
    /// failure, as at the beginning, [#takeOver] comes first.
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

    private Signing signSome() {
        StoredLog stored = log.load();
        Checkpoint before = awaited;
        if (signed != null && stored.size() < signed.size()) {
            before = new Checkpoint(origin, signed.size(), signed.root());
            awaited = before;
            signed = null;
        }
        if (before != null && stored.size() < before.size()) {
            return new Signing.Behind(stored.size(), before.size());
        }
        Frontier from = before == null ? Objects.requireNonNull(signed) : found(before, stored);
        signed = from;
        awaited = null;
        if (stored.size() > from.size()) {
            signed = sign(from, stored);
        }
        return new Signing.Signed();
    }

    /// Checks that the database continues what was signed before, and keeps the checkpoint of that
    /// again where it is missing, in the database or outside.
    private Frontier found(Checkpoint before, StoredLog stored) {
        requireEqual(
                "the " + before.size() + " entries that were signed before",
                frontier(before.size()).root(),
                before.root());
        StoredCheckpoint last = stored.checkpoint();
        Frontier from = last == null ? Frontier.EMPTY : frontier(last.size());
        if (last != null) {
            requireEqual("the last stored checkpoint", from.root(), last.root());
        }
        if (before.size() < from.size()) {
            LOG.warnf(
                    "the checkpoint topic has lost what it remembered, it remembers it again"
                            + " origin=%s size=%d was=%d",
                    origin, from.size(), before.size());
            log.remember(new Checkpoint(origin, from.size(), from.root()).text());
        }
        if (before.size() <= from.size()) {
            return from;
        }
        Frontier to = rehashed(from, before.size());
        requireEqual(
                "the " + before.size() + " entries that were signed before",
                to.root(),
                before.root());
        save(before, Note.sign(before.text(), List.of(key)));
        return to;
    }

    private Frontier sign(Frontier from, StoredLog stored) {
        Frontier to = rehashed(from, stored.size());
        requireEqual("the stored tree", to.root(), stored.frontier().root());
        Checkpoint checkpoint = new Checkpoint(origin, to.size(), to.root());
        log.remember(checkpoint.text());
        save(checkpoint, Note.sign(checkpoint.text(), List.of(key)));
        return to;
    }

    private Frontier rehashed(Frontier from, long size) {
        Frontier to = from;
        while (to.size() < size) {
            long end = Math.min(size, to.size() + CHUNK_COUNT);
            List<Digest> leaves = log.rehash(to.size(), end);
            to = Integration.append(to, leaves).frontier();
        }
        return to;
    }

    private void save(Checkpoint checkpoint, Note note) {
        StoredCheckpoint stored =
                new StoredCheckpoint(
                        checkpoint.size(),
                        checkpoint.root(),
                        new String(note.bytes(), StandardCharsets.UTF_8),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        log.save(stored);
    }

    private Frontier frontier(long size) {
        Set<HashReader.Place> needed = HashReader.needed(reader -> Frontier.of(size, reader));
        return Frontier.of(size, log.hashes(needed));
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
        log.release();
    }

    /// The database and what was signed are two histories.
    private static final class ForkException extends RuntimeException {
        ForkException(String message) {
            super(message);
        }
    }
}
