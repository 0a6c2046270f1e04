package dev.driftledger.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.KubeUser;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// How much later than on a bare watch a change can be read as a drift event: committed, signed
/// over later, and on Kafka. One clock, one process for both readers; a warm-up at the same rate is
/// left out.
///
/// Arguments: changes per second (200), seconds (20).
public final class LatencyBench {
    private static final int OBJECTS_COUNT = 20;
    private static final String NAMESPACE = "default";
    private static final String MEASURED = "v";
    private static final int EDITORS_COUNT = 16;

    /// Long enough for the compilers of both JVMs.
    private static final int WARM_SECONDS = 60;

    private static final int PATIENCE_SECONDS = 30;

    private final Map<String, Long> watched = new ConcurrentHashMap<>();
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    /// Where the time went on one event's way, in milliseconds: seen by the service's watch until
    /// recorded (the intake and the decision), until sent (the commit and what is published), until
    /// read.
    private record Way(long recorded, long sent, long read) {
        static Way of(ConsumerRecord<String, String> event, long now) {
            long seen = header(event, "ce_time");
            long recorded = header(event, "ce_recordedtime");
            return new Way(recorded - seen, event.timestamp() - recorded, now - event.timestamp());
        }

        private static long header(ConsumerRecord<String, String> event, String name) {
            byte[] value = event.headers().lastHeader(name).value();
            return Instant.parse(new String(value, StandardCharsets.UTF_8)).toEpochMilli();
        }
    }

    private LatencyBench() {}

    /// Runs it and prints p50 and p99 of the added time.
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Path folder = Files.createTempDirectory("driftledger-latency");
        try (ServiceLab lab = ServiceLab.start(folder)) {
            new LatencyBench().run(lab, rate, seconds);
        }
        System.exit(0);
    }

    private void run(ServiceLab lab, int rate, int seconds) throws Exception {
        KubeUser user = lab.plane().access().as(ClusterAccess.ADMIN);
        for (int i = 0; i < OBJECTS_COUNT; i++) {
            lab.repository().commit(ServiceLab.APPLICATION + "/cm-" + i + ".yaml", manifest(i));
            user.apply(path(i), "ci", object(i, "start"));
        }
        ServiceProcess service = lab.begin("latency");
        lab.awaitWatching(service);
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(lab));
        try (KubernetesClient client = client(lab);
                Watch _ = watch(client)) {
            drive(user, "warm", new Load(rate, WARM_SECONDS));
            awaitPublished("warm" + (rate * WARM_SECONDS - 1));
            drive(user, MEASURED, new Load(rate, seconds));
            awaitPublished(MEASURED + (rate * seconds - 1));
        }
        reader.interrupt();
        service.stop();
        report(rate);
    }

    private record Load(int rate, int seconds) {}

    private static void drive(KubeUser user, String prefix, Load load)
            throws InterruptedException {
        long began = System.nanoTime();
        int count = load.rate() * load.seconds();
        try (ExecutorService editors = Executors.newFixedThreadPool(EDITORS_COUNT)) {
            for (int n = 0; n < count; n++) {
                long due = began + (long) (n * 1e9 / load.rate());
                long waitNanos = due - System.nanoTime();
                if (waitNanos > 0) {
                    Thread.sleep(Duration.ofNanos(waitNanos));
                }
                String path = path(n % OBJECTS_COUNT);
                String value = prefix + n;
                editors.execute(() -> user.merge(path, "kubectl-edit", patch(value)));
            }
        }
        System.out.printf(
                "%s: %d changes in %.1f s%n", prefix, count, (System.nanoTime() - began) / 1e9);
    }

    /// The last change is not always published: a newer one of the same object may be seen first.
    private void awaitPublished(String value) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS && !published.containsKey(value); i++) {
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    private Watch watch(KubernetesClient client) {
        return client.configMaps()
                .inNamespace(NAMESPACE)
                .watch(
                        new Watcher<>() {
                            @Override
                            public void eventReceived(Action action, ConfigMap map) {
                                Map<String, String> data = map.getData();
                                String value = data == null ? null : data.get("n");
                                if (value != null) {
                                    watched.putIfAbsent(value, System.nanoTime());
                                }
                            }

                            @Override
                            public void onClose(WatcherException cause) {
                                throw new IllegalStateException("the bare watch ended", cause);
                            }
                        });
    }

    private void read(ServiceLab lab) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", lab.kafka().bootstrapServers(),
                        "group.id", "latency",
                        "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("driftledger.drift"));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    JsonNode live = json(record.value()).path("live");
                    if (live.isTextual()) {
                        published.putIfAbsent(live.textValue(), System.nanoTime());
                        if (live.textValue().startsWith(MEASURED)) {
                            ways.add(Way.of(record, System.currentTimeMillis()));
                        }
                    }
                }
            }
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(int rate) {
        double[] millis =
                watched.entrySet().stream()
                        .filter(seen -> seen.getKey().startsWith(MEASURED))
                        .filter(seen -> published.containsKey(seen.getKey()))
                        .mapToDouble(
                                seen ->
                                        (published.getOrDefault(seen.getKey(), 0L)
                                                        - seen.getValue())
                                                / 1e6)
                        .sorted()
                        .toArray();
        System.out.printf(
                "seen by the bare watch: %d, published: %d, both: %d%n",
                watched.size(), published.size(), millis.length);
        if (millis.length > 0) {
            System.out.printf(
                    "added at %d changes/s: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    rate,
                    millis[millis.length / 2],
                    millis[millis.length * 9 / 10],
                    millis[millis.length * 99 / 100],
                    Arrays.stream(millis).max().orElse(0));
            part("seen to recorded", Way::recorded);
            part("recorded to sent", Way::sent);
            part("sent to read", Way::read);
        }
    }

    private void part(String name, ToLongFunction<Way> part) {
        long[] millis = ways.stream().mapToLong(part).sorted().toArray();
        System.out.printf(
                "  %s: p50 %d ms, p99 %d ms%n",
                name, millis[millis.length / 2], millis[millis.length * 99 / 100]);
    }

    private static KubernetesClient client(ServiceLab lab) {
        Config config =
                Config.fromKubeconfig(
                        lab.plane().access().kubeconfig(ClusterAccess.ADMIN).toFile());
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static String path(int i) {
        return "/api/v1/namespaces/" + NAMESPACE + "/configmaps/cm-" + i;
    }

    private static String manifest(int i) {
        return object(i, "start").toString();
    }

    private static ObjectNode object(int i, String value) {
        ObjectNode object = Json.shared().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", "cm-" + i).put("namespace", NAMESPACE);
        object.putObject("data").put("n", value);
        return object;
    }

    private static ObjectNode patch(String value) {
        ObjectNode patch = Json.shared().createObjectNode();
        patch.putObject("data").put("n", value);
        return patch;
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
