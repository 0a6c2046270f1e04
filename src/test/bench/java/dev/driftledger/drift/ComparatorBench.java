package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.service.BundledSchemas;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Verdicts per second on one core for pairs of two sizes that a real API server gave; run with
/// `-prof gc` for the allocation of each.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ComparatorBench {
    /// Applier and name of a pair: one of 2.8 KB, one of 7.5 KB.
    @Param({"kubectl-client-side-apply StatefulSet sts", "ci Deployment rich"})
    public String pair = "";

    private final Schemas schemas = BundledSchemas.load();
    private byte[] desiredBytes = {};
    private byte[] liveBytes = {};
    private ObjectNode desired = Json.shared().createObjectNode();
    private ObjectNode live = Json.shared().createObjectNode();
    private ObjectNode drifted = Json.shared().createObjectNode();

    /// Reads the pair and makes a drifted copy of its live side.
    @Setup
    public void read() throws IOException {
        GoldenPair found =
                GoldenPair.all().stream()
                        .filter(each -> each.name().equals(pair))
                        .findFirst()
                        .orElseThrow();
        desired = found.desired();
        live = found.live();
        desiredBytes = Json.shared().writeValueAsBytes(desired);
        liveBytes = Json.shared().writeValueAsBytes(live);
        drifted = live.deepCopy();
        ObjectNode container =
                (ObjectNode) drifted.at("/spec/template/spec/containers").get(0);
        container.put("image", "other:1");
    }

    /// Both sides parsed from bytes, then judged: in sync.
    @Benchmark
    public Verdict fromBytes() throws IOException {
        return judged(
                (ObjectNode) Json.parse(desiredBytes), (ObjectNode) Json.parse(liveBytes));
    }

    /// Only parsing, for the ratio.
    @Benchmark
    public boolean parseOnly() throws IOException {
        return Json.parse(desiredBytes).isEmpty() || Json.parse(liveBytes).isEmpty();
    }

    /// Two trees that agree.
    @Benchmark
    public Verdict inSync() {
        return judged(desired, live);
    }

    /// Two trees that differ in one image, whose owner is looked up.
    @Benchmark
    public Verdict oneDifference() {
        return judged(desired, drifted);
    }

    private Verdict judged(ObjectNode wanted, ObjectNode found) {
        return new GoldenPair(pair.substring(0, pair.indexOf(' ')), wanted, found).judged(schemas);
    }
}
