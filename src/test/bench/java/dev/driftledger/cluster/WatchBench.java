package dev.driftledger.cluster;

import com.sun.management.OperatingSystemMXBean;
import dev.driftledger.model.IntakeRecord;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// Watch ingest beside the fabric8 informer: CPU per event and memory per object, from the same
/// replayed stream.
///
/// `java -cp … dev.driftledger.cluster.WatchBench [objects] [bytes] [change rounds] [repeats]`,
/// by default 100000 3800 2 5. Each measurement runs in a fresh JVM against a server in another
/// one; sides alternate. CPU is that of the measured process alone, all threads, JIT and garbage
/// collection included. The answers must agree: every object, and its last version, was seen.
public final class WatchBench {
    private WatchBench() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("run")) {
            run(args);
            return;
        }
        int objects = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int bytes = args.length > 1 ? Integer.parseInt(args[1]) : 3_800;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 2;
        int repeats = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        for (String change : List.of("status", "spec")) {
            compare(objects, bytes, rounds, repeats, change);
        }
        memory(objects, bytes);
    }

    private static void compare(int objects, int bytes, int rounds, int repeats, String change)
            throws Exception {
        double[] ours = new double[repeats];
        double[] peer = new double[repeats];
        double[] oursList = new double[repeats];
        double[] peerList = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            Result a = measure("driftledger", objects, bytes, rounds, change);
            Result b = measure("fabric8", objects, bytes, rounds, change);
            oursList[i] = a.listMicros;
            peerList[i] = b.listMicros;
            ours[i] = a.changeMicros;
            peer[i] = b.changeMicros;
            System.out.printf(
                    Locale.ROOT,
                    "round %d %s: driftledger %.1f/%.1f us, fabric8 %.1f/%.1f us CPU per"
                            + " listed/changed object%n",
                    i + 1,
                    change,
                    a.listMicros,
                    a.changeMicros,
                    b.listMicros,
                    b.changeMicros);
        }
        report("list of " + objects + " x " + bytes + " B", oursList, peerList);
        report(rounds + " rounds of " + change + " changes", ours, peer);
    }

    private static void report(String what, double[] ours, double[] peer) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ours.length; i++) {
            ratios[i] = peer[i] / ours[i];
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "RESULT %s: driftledger %.1f us, fabric8 informer %.1f us; ratio median %.1f"
                        + " (%.1f to %.1f)%n",
                what,
                median(ours),
                median(peer),
                ratios[ratios.length / 2],
                ratios[0],
                ratios[ratios.length - 1]);
    }

    private static void memory(int objects, int bytes) throws Exception {
        int few = Math.max(1, objects / 10);
        for (String side : List.of("driftledger", "fabric8")) {
            Result small = measure(side, few, bytes, 0, "spec");
            Result large = measure(side, objects, bytes, 0, "spec");
            System.out.printf(
                    Locale.ROOT,
                    "RESULT memory per object, %s: heap slope %.0f B, RSS slope %.0f B"
                            + " (%d to %d objects)%n",
                    side,
                    (large.heapBytes - small.heapBytes) / (objects - few),
                    (large.rssBytes - small.rssBytes) / (objects - few),
                    few,
                    objects);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private record Result(
            double listMicros, double changeMicros, double heapBytes, double rssBytes) {}

    private static Result measure(String side, int objects, int bytes, int rounds, String change)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-Xmx6g", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WatchBench.class.getName(), "run", side));
        command.addAll(
                List.of("" + objects, "" + bytes, "" + rounds, change));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String last = "";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line.startsWith("MEASURED ") ? line : last;
            }
        }
        if (process.waitFor() != 0 || last.isEmpty()) {
            throw new IOException("measurement of " + side + " failed");
        }
        String[] parts = last.split(" ", -1);
        return new Result(
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]));
    }

    private static List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    private static void run(String[] args) throws Exception {
        int objects = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[4]);
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.add(WatchReplayServer.class.getName());
        command.addAll(List.of(args).subList(2, 6));
        Process server =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out =
                        new BufferedReader(
                                new InputStreamReader(
                                        server.getInputStream(), StandardCharsets.UTF_8));
                OutputStream go = server.getOutputStream()) {
            Config config =
                    new ConfigBuilder(Config.empty())
                            .withMasterUrl("http://127.0.0.1:" + out.readLine())
                            .build();
            Consumer consumer =
                    args[1].equals("fabric8") ? new Fabric8(config) : new Driftledger(config);
            try (consumer) {
                long begun = cpuNanos();
                consumer.start();
                await(() -> consumer.listed() >= objects);
                long listed = cpuNanos();
                go.write("go\n".getBytes(StandardCharsets.US_ASCII));
                go.flush();
                await(() -> consumer.changed() >= (long) objects * rounds);
                long changed = cpuNanos();
                double heap = heapBytes();
                System.out.printf(
                        Locale.ROOT,
                        "MEASURED %.3f %.3f %.0f %.0f%n",
                        (listed - begun) / 1e3 / objects,
                        rounds == 0 ? 0.0 : (changed - listed) / 1e3 / objects / rounds,
                        heap,
                        rssBytes());
            }
        } finally {
            server.destroyForcibly();
        }
        System.exit(0);
    }

    private static void await(java.util.function.BooleanSupplier done)
            throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double heapBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double rssBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return 1024.0 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    /// One side of the comparison.
    private interface Consumer extends AutoCloseable {
        void start() throws Exception;

        long listed();

        long changed();

        @Override
        void close();
    }

    /// Ours, to a sink that acknowledges at once.
    private static final class Driftledger implements Consumer {
        private final ClusterConnection connection;
        private final ClusterWatch watch;
        private volatile long listedCount;

        private Driftledger(Config config) throws IOException, InterruptedException {
            connection = ClusterConnection.open("bench", config);
            EdgeKey key = new EdgeKey("bench", new byte[32]);
            watch =
                    new ClusterWatch(
                            connection,
                            Known.nothing(),
                            this::take,
                            new ClusterWatch.Options(
                                    WatchSettings.defaults(), key, List.of(), "bench", "0"));
        }

        private CompletableFuture<Void> take(IntakeRecord record) {
            if (record instanceof IntakeRecord.WatchStarted started) {
                listedCount = started.objectsCount();
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void start() {
            watch.start();
        }

        @Override
        public long listed() {
            return listedCount;
        }

        @Override
        public long changed() {
            return watch.eventsCount() - listedCount;
        }

        @Override
        public void close() {
            watch.close();
            connection.close();
        }
    }

    /// The informer of the fabric8 client, on generic resources.
    private static final class Fabric8
            implements Consumer, ResourceEventHandler<GenericKubernetesResource> {
        private final KubernetesClient client;
        private final AtomicLong added = new AtomicLong();
        private final AtomicLong updated = new AtomicLong();

        private Fabric8(Config config) {
            client = new KubernetesClientBuilder().withConfig(config).build();
        }

        @Override
        public void start() {
            ResourceDefinitionContext type =
                    new ResourceDefinitionContext.Builder()
                            .withGroup("apps")
                            .withVersion("v1")
                            .withKind("Deployment")
                            .withPlural("deployments")
                            .withNamespaced(true)
                            .build();
            SharedIndexInformer<GenericKubernetesResource> informer =
                    client.genericKubernetesResources(type).inAnyNamespace().inform(this);
            if (!informer.isRunning()) {
                throw new IllegalStateException("the informer does not run");
            }
        }

        @Override
        public long listed() {
            return added.get();
        }

        @Override
        public long changed() {
            return updated.get();
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            added.incrementAndGet();
        }

        @Override
        public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource object) {
            updated.incrementAndGet();
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean unknown) {
            throw new IllegalStateException("nothing is deleted here");
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
