package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Entries verified per second beside the bound: SHA-256 of the same leaves and nodes on one
/// thread, nothing else. Both start from the same bytes in memory and arrive at the same root.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class VerificationBench {
    private static final int ENTRIES = 65_536;

    @Param({"1", "2"})
    int threads;

    private SampleLog log = new SampleLog();
    private LogFiles files = SampleLog.inMemory(new TreeMap<>());
    private byte[][] entries = new byte[0][];

    /// Entries of about one KiB.
    @Setup
    public void build() {
        log = new SampleLog();
        for (int i = 0; i < ENTRIES; i++) {
            ObjectNode body = SampleLog.body();
            for (int field = 0; field < 12; field++) {
                body.put("field" + field, "value " + i + " of a field that is fifty long");
            }
            log.add("recorder", EntryType.OBJECT_OBSERVED, body);
        }
        SortedMap<String, byte[]> all = log.files();
        files = SampleLog.inMemory(all);
        entries = log.entries().toArray(byte[][]::new);
    }

    /// All steps of a verification.
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public VerificationReport verify() throws Exception {
        return verify(Verification.Extent.ALL);
    }

    /// Hashes and signatures only, which is what the bound and other projects' checkers do.
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public VerificationReport verifyHashes() throws Exception {
        return verify(Verification.Extent.HASHES);
    }

    private VerificationReport verify(Verification.Extent extent) throws Exception {
        VerificationReport report =
                new Verification(files, List.of(log.verifierKey()), threads, extent).run();
        if (report.failed()) {
            throw new AssertionError(report);
        }
        return report;
    }

    /// The bound: leaves and nodes of the tree on one thread.
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Digest sha256() throws Exception {
        MessageDigest sha256 = Digest.sha256();
        byte[] level = new byte[ENTRIES * Digest.SIZE_BYTES];
        for (int i = 0; i < ENTRIES; i++) {
            sha256.update((byte) 0);
            sha256.update(entries[i]);
            sha256.digest(level, i * Digest.SIZE_BYTES, Digest.SIZE_BYTES);
        }
        for (int width = ENTRIES; width > 1; width /= 2) {
            for (int pair = 0; pair < width / 2; pair++) {
                sha256.update((byte) 1);
                sha256.update(level, pair * 2 * Digest.SIZE_BYTES, 2 * Digest.SIZE_BYTES);
                sha256.digest(level, pair * Digest.SIZE_BYTES, Digest.SIZE_BYTES);
            }
        }
        return Digest.ofBytes(Arrays.copyOf(level, Digest.SIZE_BYTES));
    }
}
