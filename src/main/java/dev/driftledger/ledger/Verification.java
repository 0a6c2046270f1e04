package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.ledger.VerificationReport.Outcome;
import dev.driftledger.ledger.VerificationReport.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Checks all of a log from its files: every entry, every hash, every signature, and what entries
/// say about each other.
///
/// Memory is bounded by a few bundles per thread, whatever the log's size. The keys that are
/// trusted should come from elsewhere than the log; without any, those in its file `key` are used
/// and the report says that nothing vouches for them.
public final class Verification {
    /// Some hundred keys; a log has one, and one more for each change of it.
    private static final int KEY_FILE_MAX_BYTES = 64 * 1024;

    private static final int AHEAD_PER_THREAD = 4;

    private final LogFiles files;
    private final List<VerifierKey> trusted;
    private final int threads;
    private final Extent extent;

    /// How much to look at.
    public enum Extent {
        /// Everything.
        ALL,
        /// Entries as bytes, the tree over them, signatures and proofs; not what entries say.
        HASHES
    }

    /// Prepares a verification.
    ///
    /// @param trusted keys from outside the log; may be empty
    /// @param threads how many bundles to check at the same time, at least 1
    public Verification(LogFiles files, List<VerifierKey> trusted, int threads, Extent extent) {
        this.files = files;
        this.trusted = List.copyOf(trusted);
        this.threads = threads;
        this.extent = extent;
    }

    /// Runs all steps.
    ///
    /// @throws UnreadableException when the files cannot be read; that says nothing about the log
    /// @throws InterruptedException when the thread is asked to stop
    public VerificationReport run() throws UnreadableException, InterruptedException {
        List<Step> steps = new ArrayList<>();
        Keyring keys = keyring(steps);
        Checkpoint head = keys == null ? null : head(keys, steps);
        if (keys == null || head == null) {
            steps.add(new Step("log", Outcome.NOT_CHECKED, "no checkpoint to check it by"));
            return new VerificationReport(null, steps);
        }
        VerificationSteps all = new VerificationSteps();
        if (extent == Extent.HASHES) {
            all.leaveOutContent();
        }
        BlobCheck blobs = new BlobCheck(files, all.blobs);
        BundleCheck bundles =
                new BundleCheck(files, head, keys, files.checkpointSizes(), blobs, all, extent);
        if (walk(head, bundles, all)) {
            new ProofCheck(files, head, all.proofs).check();
            new FileCheck(files, head, blobs, all.files).check();
        }
        steps.addAll(all.steps());
        return new VerificationReport(head, steps);
    }

    private @Nullable Keyring keyring(List<Step> steps) throws UnreadableException {
        if (!trusted.isEmpty()) {
            steps.add(new Step("trust root", Outcome.PASS, "given: " + trusted));
            return new Keyring(trusted);
        }
        byte[] file = files.read("key", KEY_FILE_MAX_BYTES);
        if (file == null) {
            steps.add(new Step("trust root", Outcome.FAIL, "no key given, and no file 'key'"));
            return null;
        }
        try {
            List<VerifierKey> keys =
                    new String(file, StandardCharsets.UTF_8)
                            .lines()
                            .map(VerifierKey::parse)
                            .toList();
            String reason = "key comes from the log itself: " + keys + "; give it with --key";
            steps.add(new Step("trust root", Outcome.NOT_CHECKED, reason));
            return new Keyring(keys);
        } catch (IllegalArgumentException e) {
            steps.add(new Step("trust root", Outcome.FAIL, "file 'key': " + e.getMessage()));
            return null;
        }
    }

    private @Nullable Checkpoint head(Keyring keys, List<Step> steps) throws UnreadableException {
        String problem;
        byte[] note = files.read("checkpoint", Note.SIZE_MAX_BYTES);
        if (note == null) {
            problem = "file 'checkpoint' is missing";
        } else {
            try {
                Checkpoint head = keys.open(note);
                String detail = head.origin() + ", " + head.size() + " entries";
                steps.add(new Step("checkpoint", Outcome.PASS, detail));
                return head;
            } catch (IllegalArgumentException | RefutedException e) {
                problem = e.getMessage();
            }
        }
        steps.add(new Step("checkpoint", Outcome.FAIL, String.valueOf(problem)));
        return null;
    }

    /// Checks bundles side by side and joins what they say in order.
    ///
    /// @return false when the log ends before its checkpoint does
    private boolean walk(Checkpoint head, BundleCheck check, VerificationSteps all)
            throws UnreadableException, InterruptedException {
        TreeCheck tree = new TreeCheck(files, head, all);
        HistoryCheck history = new HistoryCheck(all);
        long count = Math.ceilDiv(head.size(), TileHash.WIDTH);
        Deque<Future<Bundle>> ahead = new ArrayDeque<>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            long next = 0;
            for (long index = 0; index < count; index++) {
                while (next < count && ahead.size() < threads * AHEAD_PER_THREAD) {
                    long submitted = next++;
                    ahead.add(workers.submit(() -> check.check(submitted)));
                }
                Bundle bundle = result(ahead.remove());
                bundle.entries().forEach(history::add);
                Frontier leaves = bundle.frontier();
                if (leaves == null) {
                    all.root.fail("the tree cannot be computed beyond bundle " + index);
                    return false;
                }
                tree.add(bundle, leaves);
            }
        } finally {
            workers.shutdownNow();
        }
        if (extent == Extent.ALL) {
            history.finish();
        }
        tree.finish();
        return true;
    }

    private static Bundle result(Future<Bundle> future)
            throws UnreadableException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("checking a bundle", e.getCause());
        }
    }
}
