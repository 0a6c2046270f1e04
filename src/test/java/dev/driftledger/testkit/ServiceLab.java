package dev.driftledger.testkit;

import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.ControlPlane;
import dev.driftledger.sandbox.EmbeddedKafka;
import dev.driftledger.sandbox.EmbeddedPostgres;
import dev.driftledger.sandbox.KubeBinaries;
import dev.driftledger.sandbox.KubeUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;

/// A real PostgreSQL, broker and API server in a folder, a git repository with one application, and
/// as many instances of the service on them as a test wants.
public final class ServiceLab implements AutoCloseable {
    /// The application that follows the repository's folder of this name.
    public static final String APPLICATION = "load";

    /// Long enough for a slow machine that others use too.
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final ControlPlane plane;
    private final SourceRepository repository;
    private final KubeUser user;
    private final String cluster;
    private final List<ServiceProcess> instances = new ArrayList<>();

    private ServiceLab(Path folder, KubeBinaries binaries) {
        this.folder = folder;
        this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.plane = ControlPlane.start(folder.resolve("cluster"), binaries, _ -> {});
        this.repository = SourceRepository.make(folder.resolve("source"));
        this.user = plane.access().as(ClusterAccess.ALICE);
        this.cluster =
                user.get("/api/v1/namespaces/kube-system")
                        .orElseThrow()
                        .at("/metadata/uid")
                        .asText();
    }

    /// Starts the parts; skips the test loudly where no API server can be had.
    public static ServiceLab start(Path folder) {
        Optional<KubeBinaries> found = KubeBinaries.find();
        if (found.isEmpty()) {
            System.err.println("SKIPPED: no kube-apiserver here; `make kube` gets one");
        }
        Assumptions.assumeTrue(found.isPresent(), "no kube-apiserver; run `make kube`");
        return new ServiceLab(folder, found.orElseThrow());
    }

    /// Waits for something, much longer than it should take.
    public static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .pollInSameThread();
    }

    /// Waits until changes from now on are seen by that instance's log.
    public void awaitWatching(ServiceProcess instance) {
        ClusterLoad.Version first = ClusterLoad.write(user, "first", "1");
        LogJudge.of(log(instance), first);
    }

    /// Lets time pass, for faults that last.
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Starts an instance and waits until it is ready.
    public ServiceProcess begin(String name) {
        ServiceProcess instance = prepare(name, Map.of());
        instance.start();
        await("instance " + name).until(instance::isReady);
        return instance;
    }

    /// An instance that is not started yet.
    ///
    /// @param more settings beside those that every instance has
    public ServiceProcess prepare(String name, Map<String, String> more) {
        Map<String, String> settings = settings();
        settings.putAll(more);
        settings.put(
                "quarkus.datasource.reactive.url",
                postgres.reactiveUrl() + "?application_name=" + name);
        ServiceProcess instance = new ServiceProcess(folder, name, settings);
        instances.add(instance);
        return instance;
    }

    /// The database.
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /// The broker.
    public EmbeddedKafka kafka() {
        return kafka;
    }

    /// API server and etcd.
    public ControlPlane plane() {
        return plane;
    }

    /// The repository of [#APPLICATION].
    public SourceRepository repository() {
        return repository;
    }

    /// Somebody who may do everything in the cluster.
    public KubeUser user() {
        return user;
    }

    /// The uid of the cluster.
    public String cluster() {
        return cluster;
    }

    /// The log as an instance serves it.
    public ServedLog log(ServiceProcess instance) {
        return new ServedLog(instance, cluster);
    }

    /// The log of any uid as an instance serves it.
    public ServedLog log(ServiceProcess instance, String uid) {
        return new ServedLog(instance, uid);
    }

    /// A way to write to the intake.
    public ForgedIntake forgedIntake() {
        return new ForgedIntake(kafka.bootstrapServers());
    }

    /// The topic that the intake is.
    public IntakeTopic intakeTopic() {
        return new IntakeTopic(kafka.bootstrapServers());
    }

    /// Changes the tables as their owner, who is not the service.
    public void changeTables(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(),
                                EmbeddedPostgres.OWNER,
                                postgres.ownerPassword());
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change the tables", e);
        }
    }

    /// Begins to note who writes to logs; once, after an instance has made the tables.
    public Writers writers() {
        changeTables(Writers.NOTES);
        return new Writers(postgres);
    }

    /// Everything that the topics hold.
    public TopicReading topics() {
        return new TopicReading(kafka.bootstrapServers());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        settings.put("quarkus.datasource.username", EmbeddedPostgres.SERVICE);
        settings.put("quarkus.datasource.password", postgres.servicePassword());
        settings.put("quarkus.flyway.username", EmbeddedPostgres.OWNER);
        settings.put("quarkus.flyway.password", postgres.ownerPassword());
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("driftledger.service.data-dir", folder.resolve("service").toString());
        settings.put("driftledger.desired.folder", folder.resolve("mirrors").toString());
        settings.put("driftledger.desired.poll-interval", "1s");
        settings.put("driftledger.service.checkpoint-delay", "50ms");
        settings.put("driftledger.cluster.heartbeat-interval", "5S");
        settings.put("driftledger.cluster.backoff-max", "2S");
        settings.put(
                "driftledger.clusters.lab.kubeconfig",
                plane.access().kubeconfig(ClusterAccess.DRIFTLEDGER).toString());
        source(settings, APPLICATION, repository.folder());
        return settings;
    }

    private static void source(Map<String, String> settings, String name, Path repository) {
        String key = "driftledger.sources." + name;
        settings.put(key + ".cluster", "lab");
        settings.put(key + ".repository", repository.toString());
        settings.put(key + ".path", name);
    }

    @Override
    public void close() {
        instances.forEach(ServiceProcess::close);
        plane.close();
        kafka.close();
        postgres.close();
    }
}
