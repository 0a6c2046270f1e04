package dev.driftledger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.ControlPlane;
import dev.driftledger.sandbox.KubeBinaries;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against a real kube-apiserver and etcd.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterWatchIT {

    private ControlPlane plane;
    private ClusterEdits edits;
    private Config reader;

    @BeforeAll
    void start(@TempDir Path folder) {
        Optional<KubeBinaries> binaries = KubeBinaries.find();
        if (binaries.isEmpty()) {
            System.err.println("SKIPPED ClusterWatchIT: no kube-apiserver; run make kube");
        }
        Assumptions.assumeTrue(binaries.isPresent());
        plane = ControlPlane.start(folder, binaries.get(), _ -> {});
        reader = config(ClusterAccess.DRIFTLEDGER);
        edits = new ClusterEdits(config(ClusterAccess.ADMIN));
    }

    @AfterAll
    void stop() {
        if (plane != null) {
            edits.close();
            plane.close();
        }
    }

    private Config config(String user) {
        return Config.fromKubeconfig(plane.access().kubeconfig(user).toFile());
    }

    private ClusterConnection connect() throws IOException, InterruptedException {
        return ClusterConnection.open("test", reader);
    }

    private ClusterWatch watch(ClusterConnection connection, Known known, CollectedRecords sink) {
        ClusterWatch watch =
                new ClusterWatch(
                        connection, known, sink, WatchFixture.options(WatchFixture.quick()));
        watch.start();
        return watch;
    }

    private static void awaitStarted(CollectedRecords sink, String path) {
        sink.awaitOne(IntakeRecord.WatchStarted.class, s -> s.resourceType().path().equals(path));
    }

    private static void awaitAllStarted(CollectedRecords sink) {
        IntakeRecord.Scope scope = sink.awaitOne(IntakeRecord.Scope.class, _ -> true);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        sink.of(IntakeRecord.WatchStarted.class).stream()
                                        .map(s -> s.resourceType().path())
                                        .distinct()
                                        .count()
                                >= scope.watched().size());
    }

    @Test
    void every_type_is_listed_and_its_schema_sent() throws Exception {
        // Given
        CollectedRecords sink = new CollectedRecords();
        try (ClusterConnection connection = connect()) {
            // When
            try (ClusterWatch _ = watch(connection, Known.nothing(), sink)) {
                awaitAllStarted(sink);
                sink.awaitOne(
                        IntakeRecord.SchemaObserved.class, s -> s.path().equals("apis/apps/v1"));
                sink.awaitOne(IntakeRecord.Heartbeat.class, _ -> true);
            }

            // Then
            IntakeRecord.Scope scope = sink.of(IntakeRecord.Scope.class).getFirst();
            assertThat(scope.kubernetesVersion()).isEqualTo("v1.36.3");
            assertThat(scope.watched())
                    .extracting(t -> t.path())
                    .contains(
                            "/api/v1/configmaps",
                            "/apis/apps/v1/deployments",
                            "/apis/autoscaling/v2/horizontalpodautoscalers")
                    .doesNotContain("/api/v1/events", "/apis/coordination.k8s.io/v1/leases");
            assertThat(scope.excluded())
                    .extracting(IntakeRecord.Excluded::plural)
                    .contains("events", "leases", "componentstatuses");
            assertThat(sink.all().getFirst()).isInstanceOf(IntakeRecord.InstanceStarted.class);
            assertThat(sink.all().getLast()).isInstanceOf(IntakeRecord.InstanceStopped.class);
            IntakeRecord.ObjectObserved namespace = sink.awaitObject("Namespace", "kube-system");
            assertThat(namespace.initial()).isTrue();
            assertThat(namespace.object().at("/metadata/uid").asText())
                    .isEqualTo(connection.ref().uid());
        }
    }

    @Test
    void changes_come_once_and_status_alone_does_not() throws Exception {
        // Given
        CollectedRecords sink = new CollectedRecords();
        try (ClusterConnection connection = connect();
                ClusterWatch watch = watch(connection, Known.nothing(), sink)) {
            awaitStarted(sink, "/api/v1/services");
            awaitStarted(sink, "/api/v1/configmaps");

            // When
            edits.apply("live", "one");
            edits.apply("live", "two");
            edits.createLoadBalancer("lb");
            sink.awaitObject("Service", "lb");
            long before = watch.eventsCount();
            edits.addCondition("lb");
            await().until(() -> watch.eventsCount() > before);
            edits.assignAddress("lb", "203.0.113.9");
            sink.awaitOne(
                    IntakeRecord.ObjectObserved.class,
                    o ->
                            o.object()
                                    .at("/status/loadBalancer/ingress/0/ip")
                                    .asText()
                                    .equals("203.0.113.9"));
            edits.deleteConfigMap("live");
            IntakeRecord.ObjectDeleted deleted =
                    sink.awaitOne(
                            IntakeRecord.ObjectDeleted.class, d -> d.key().name().equals("live"));

            // Then
            assertThat(deleted.lastSeenAt()).isNull();
            assertThat(
                            sink.of(
                                    IntakeRecord.ObjectObserved.class,
                                    o -> o.object().at("/metadata/name").asText().equals("lb")))
                    .hasSize(2);
            assertThat(
                            sink.of(
                                    IntakeRecord.ObjectObserved.class,
                                    o -> o.object().at("/metadata/name").asText().equals("live")))
                    .hasSize(2)
                    .allSatisfy(o -> assertThat(o.initial()).isFalse());
        }
    }

    @Test
    void secrets_are_redacted_before_anything_else() throws Exception {
        // Given
        CollectedRecords sink = new CollectedRecords();
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, Known.nothing(), sink)) {
            awaitStarted(sink, "/api/v1/secrets");

            // When
            edits.createSecret("password", "hunter2");
            ObjectNode object = sink.awaitObject("Secret", "password").object();

            // Then
            assertThat(object.at("/data/p").asText()).startsWith("hmac-sha256:test:");
            assertThat(object.toString()).doesNotContain("hunter2", "aHVudGVyMg==");
        }
    }

    @Test
    void types_come_and_go_at_run_time() throws Exception {
        // Given
        CollectedRecords sink = new CollectedRecords();
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, Known.nothing(), sink)) {
            awaitAllStarted(sink);

            // When
            edits.defineWidgets();
            awaitStarted(sink, "/apis/shop.example/v1/widgets");
            edits.createWidget("w");
            sink.awaitObject("Widget", "w");
            edits.forgetWidgets();
            sink.awaitOne(IntakeRecord.ObjectDeleted.class, d -> d.key().name().equals("w"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            sink.of(IntakeRecord.Scope.class).getLast().watched().stream()
                                    .noneMatch(t -> t.plural().equals("widgets")));

            // Then
            assertThat(sink.of(IntakeRecord.ObjectDeleted.class, d -> d.key().name().equals("w")))
                    .hasSize(1);
            assertThat(
                            sink.of(
                                    IntakeRecord.SchemaObserved.class,
                                    s -> s.path().equals("apis/shop.example/v1")))
                    .isNotEmpty();
        }
    }

    @Test
    void a_restart_goes_on_where_the_log_ends() throws Exception {
        // Given
        CollectedRecords first = new CollectedRecords();
        edits.apply("kept", "a");
        edits.apply("changed", "a");
        edits.apply("deleted", "a");
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, Known.nothing(), first)) {
            awaitAllStarted(first);
        }

        // When
        edits.apply("changed", "b");
        edits.deleteConfigMap("deleted");
        CollectedRecords second = new CollectedRecords();
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.knownFrom(first.all()), second)) {
            awaitAllStarted(second);
            second.awaitObject("ConfigMap", "changed");
            second.awaitOne(
                    IntakeRecord.ObjectDeleted.class, d -> d.key().name().equals("deleted"));
        }

        // Then
        assertThat(second.of(IntakeRecord.WatchGap.class)).isEmpty();
        assertThat(second.of(IntakeRecord.WatchStarted.class))
                .allSatisfy(s -> assertThat(s.resumed()).isTrue());
        assertThat(second.of(IntakeRecord.SchemaObserved.class))
                .extracting(IntakeRecord.SchemaObserved::contentHash)
                .doesNotContainAnyElementsOf(
                        first.of(IntakeRecord.SchemaObserved.class).stream()
                                .map(IntakeRecord.SchemaObserved::contentHash)
                                .toList());
        assertThat(names(second)).containsExactly("changed");
    }

    private static List<String> names(CollectedRecords sink) {
        return sink
                .of(
                        IntakeRecord.ObjectObserved.class,
                        o -> o.resourceType().kind().equals("ConfigMap"))
                .stream()
                .map(o -> o.object().at("/metadata/name").asText())
                .toList();
    }

    @Test
    void a_compacted_history_is_a_gap_and_an_exact_list() throws Exception {
        // Given
        CollectedRecords first = new CollectedRecords();
        List.of("same", "edited", "vanished", "recreated").forEach(name -> edits.apply(name, "a"));
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, Known.nothing(), first)) {
            awaitAllStarted(first);
        }

        // When
        edits.apply("edited", "b");
        edits.deleteConfigMap("vanished");
        edits.deleteConfigMap("recreated");
        edits.apply("recreated", "a");
        plane.compact();
        plane.restartApiServer();
        CollectedRecords second = new CollectedRecords();
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.knownFrom(first.all()), second)) {
            awaitStarted(second, "/api/v1/configmaps");
        }

        // Then
        assertThat(
                        second.of(
                                IntakeRecord.WatchGap.class,
                                g -> g.types().contains("/api/v1/configmaps")))
                .hasSize(1)
                .allSatisfy(g -> assertThat(g.cause()).isEqualTo("expired"))
                .allSatisfy(g -> assertThat(g.from()).isBefore(g.to()));
        List<String> seen = new ArrayList<>(names(second));
        assertThat(seen).containsExactlyInAnyOrder("edited", "recreated");
        assertThat(
                        second.of(
                                IntakeRecord.ObjectDeleted.class,
                                d -> d.key().kind().equals("ConfigMap")))
                .extracting(d -> d.key().name())
                .containsExactlyInAnyOrder("vanished", "recreated");
        assertThat(second.of(IntakeRecord.ObjectDeleted.class))
                .allSatisfy(d -> assertThat(d.lastSeenAt()).isNotNull());
    }

    @Test
    void an_api_server_restart_loses_nothing() throws Exception {
        // Given
        CollectedRecords sink = new CollectedRecords();
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, Known.nothing(), sink)) {
            awaitAllStarted(sink);
            edits.apply("before", "a");
            sink.awaitObject("ConfigMap", "before");

            // When
            plane.restartApiServer();
            edits.apply("after", "a");
            sink.awaitObject("ConfigMap", "after");

            // Then
            assertThat(names(sink).stream().filter("before"::equals)).hasSize(1);
            Map<String, Long> byCause =
                    sink.of(IntakeRecord.WatchGap.class).stream()
                            .collect(
                                    java.util.stream.Collectors.groupingBy(
                                            IntakeRecord.WatchGap::cause,
                                            java.util.stream.Collectors.counting()));
            assertThat(byCause.keySet()).isSubsetOf("expired");
        }
    }
}
