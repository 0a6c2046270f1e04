package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that the service needs, on one machine: database, broker, cluster, repository, and
/// the scripted life on them.
///
/// Without an API server's binaries there is no cluster: the service then plays a recording.
public final class Sandbox implements AutoCloseable {
    private final Options options;
    private final Consumer<String> say;
    private final DataFolder data;
    private final PartsAtExit parts;
    private final SortedMap<String, String> settings = new TreeMap<>();
    private @Nullable Life life;
    private volatile boolean started;

    /// What a person may choose.
    ///
    /// @param data folder of everything that is kept
    /// @param port of pages and API on 127.0.0.1
    /// @param managementPort of health and metrics on 127.0.0.1
    /// @param recording true to play the recording even where a cluster could run
    public record Options(Path data, int port, int managementPort, boolean recording) {}

    private Sandbox(Options options, Consumer<String> say) {
        this.options = options;
        this.say = say;
        FreePort.require(options.port(), "--port");
        FreePort.require(options.managementPort(), "--management-port");
        this.data = DataFolder.take(options.data());
        this.parts = PartsAtExit.install(this::sayStopping);
        parts.add(this);
    }

    /// Starts all parts at the same time, on the data kept from the last run; says each on a line.
    ///
    /// @param say takes the lines
    /// @throws SandboxException when a sandbox runs in that folder already, or a part cannot start
    public static Sandbox start(Options options, Consumer<String> say) {
        Sandbox sandbox = new Sandbox(options, say);
        sandbox.startParts();
        return sandbox;
    }

    /// Ends what a killed sandbox left running in that folder, and deletes the folder.
    ///
    /// @throws SandboxException when a sandbox is running in it
    public static void forget(Path data) {
        DataFolder.forget(data);
    }

    /// The configuration with which the service uses the parts, key → value.
    public SortedMap<String, String> settings() {
        return new TreeMap<>(settings);
    }

    /// Waits in the background until the service answers, says where, and lets the life begin.
    public void live() {
        Thread.ofPlatform().daemon().name("sandbox life").start(this::awaitServiceAndLive);
    }

    @Override
    public void close() {
        if (life != null) {
            life.close();
        }
    }

    private void startParts() {
        Optional<KubeBinaries> binaries =
                options.recording() ? Optional.empty() : KubeBinaries.find();
        Executor threads = task -> Thread.ofVirtual().start(task);
        CompletableFuture<Void> database = run(threads, "PostgreSQL", this::startDatabase);
        CompletableFuture<Void> broker = run(threads, "Kafka", this::startBroker);
        CompletableFuture<Void> cluster =
                binaries.isPresent()
                        ? run(threads, "Kubernetes", () -> startCluster(binaries.get()))
                        : run(threads, "recording", this::prepareRecording);
        try {
            CompletableFuture.allOf(database, broker, cluster).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SandboxException(String.valueOf(cause.getMessage()), cause);
        }
        // The lines of the sandbox say the same in fewer words.
        set("quarkus.log.category.\"io.quarkus\".level", "WARN");
        set("quarkus.http.port", options.port());
        set("quarkus.management.port", options.managementPort());
        set("driftledger.service.instance", "sandbox");
        set("driftledger.service.data-dir", data.in("service"));
        set("driftledger.desired.folder", data.in("mirrors"));
        set("driftledger.desired.poll-interval", "2s");
        started = true;
    }

    private void sayStopping() {
        if (started) {
            say.accept("Stopping. The data stays in " + options.data() + "; start again to go on");
        }
    }

    private CompletableFuture<Void> run(Executor threads, String name, Runnable start) {
        return CompletableFuture.runAsync(
                () -> {
                    long began = System.nanoTime();
                    start.run();
                    double seconds = (System.nanoTime() - began) / 1e9;
                    say.accept("%-11s ready after %.1f s".formatted(name, seconds));
                },
                threads);
    }

    private void startDatabase() {
        EmbeddedPostgres postgres = part(() -> EmbeddedPostgres.start(data.in("postgres")));
        set("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        set("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        set("quarkus.datasource.username", EmbeddedPostgres.SERVICE);
        set("quarkus.datasource.password", postgres.servicePassword());
        set("quarkus.flyway.username", EmbeddedPostgres.OWNER);
        set("quarkus.flyway.password", postgres.ownerPassword());
    }

    private void startBroker() {
        EmbeddedKafka kafka = part(() -> EmbeddedKafka.start(data.in("kafka")));
        set("kafka.bootstrap.servers", kafka.bootstrapServers());
    }

    private void startCluster(KubeBinaries binaries) {
        ControlPlane plane = part(() -> ControlPlane.start(data.in("cluster"), binaries, _ -> {}));
        Shop shop = part(() -> Shop.open(data.in("shop.git")));
        set(
                "driftledger.clusters.sandbox.kubeconfig",
                plane.access().kubeconfig(ClusterAccess.DRIFTLEDGER));
        for (String application : Shop.APPLICATIONS) {
            source(application, "sandbox", shop.folder().toString(), "manager:ci");
        }
        LifeLog log = new LifeLog(data.in("life.jsonl"), say);
        life = new Life(new LifeScript(shop, plane.access(), say), log, InstantSource.system());
        set("driftledger.sandbox.life", data.in("life.jsonl"));
    }

    private void prepareRecording() {
        String why = options.recording() ? "as asked for" : "no kube-apiserver here (make kube)";
        say.accept("recording   played instead of a cluster: " + why);
        Path folder = Folders.make(data.in("recording"));
        set("driftledger.service.recording", unpack("recording.jsonl.gz", folder));
        set("driftledger.service.recording-bundle", unpack("repo.bundle", folder));
        source("gateway", "recording", "recorded", "manager:kubectl-client-side-apply");
        source("billing", "recording", "recorded", "manager:ci");
    }

    private void source(String name, String cluster, String repository, String appliedBy) {
        String key = "driftledger.sources." + name;
        set(key + ".cluster", cluster);
        set(key + ".repository", repository);
        set(key + ".path", name);
        set(key + ".namespace", name);
        set(key + ".applied-by", appliedBy);
        set(key + ".pending-max", "5m");
    }

    private static Path unpack(String name, Path folder) {
        Path file = folder.resolve(name);
        try (InputStream in = Sandbox.class.getResourceAsStream("/recordings/shop/" + name)) {
            if (in == null) {
                throw new SandboxException("this build lacks the recording's " + name, null);
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void awaitServiceAndLive() {
        if (!new ServiceProbe(options.managementPort()).awaitReady()) {
            say.accept("the service is not ready after a minute; the life goes on all the same");
        }
        say.accept("");
        say.accept("Driftledger is at http://127.0.0.1:" + options.port() + "/  (Ctrl-C stops it)");
        say.accept(
                "Drift events are on topic driftledger.drift at "
                        + settings().get("kafka.bootstrap.servers"));
        say.accept("");
        if (life != null) {
            life.play(this::awaitShop);
        }
    }

    private void awaitShop() {
        ServiceProbe.awaitInSync(options.port(), Shop.APPLICATIONS.size());
    }

    private <T extends AutoCloseable> T part(Supplier<T> start) {
        return parts.add(start.get());
    }

    private void set(String key, Object value) {
        synchronized (settings) {
            settings.put(key, value.toString());
        }
    }
}
