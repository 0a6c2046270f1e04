package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/// A real Kafka broker (KRaft, broker and controller in one) inside this JVM, on 127.0.0.1.
///
/// Its data and ports are kept in a folder, so the next start goes on where this one ended, also
/// after a `kill -9`.
public final class EmbeddedKafka implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path folder) {
        this.folder = Folders.make(folder.toAbsolutePath().normalize());
        List<Integer> ports = KeptPorts.of(this.folder.resolve("ports"), 2);
        this.port = ports.get(0);
        this.controllerPort = ports.get(1);
    }

    /// Starts the broker on the data kept in `folder`, formatted at the first start.
    public static EmbeddedKafka start(Path folder) {
        EmbeddedKafka kafka = new EmbeddedKafka(folder);
        kafka.start();
        return kafka;
    }

    /// Starts again after [#stop()], on the same port.
    public void start() {
        format();
        KafkaRaftServer started =
                new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        server = started;
        started.startup();
    }

    /// Stops the broker cleanly; clients see connections refused until [#start()].
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// `127.0.0.1:<port>`, the same after a restart unless another program took the port.
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// Creates those of the topics that do not exist yet; existing ones stay as they are.
    public void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing =
                    topics.stream().filter(t -> !present.contains(t.name())).toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new SandboxException("cannot create the topics " + names(topics), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while creating topics", e);
        }
    }

    private Admin admin() {
        return Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()));
    }

    private static String names(Collection<NewTopic> topics) {
        return topics.stream().map(NewTopic::name).collect(Collectors.joining(", "));
    }

    private void format() {
        if (Files.exists(folder.resolve("data").resolve("meta.properties"))) {
            return;
        }
        Path file = folder.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file);
                PrintStream log = log()) {
            properties().store(out, "Written by Driftledger");
            String id = Uuid.randomUuid().toString();
            String[] command = {"format", "-t", id, "-c", file.toString()};
            int code = StorageTool.execute(command, log);
            if (code != 0) {
                throw new SandboxException("cannot format the broker's folder " + folder, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private PrintStream log() throws IOException {
        Path file = folder.resolve("format.log");
        return new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
    }

    private Properties properties() {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("log.dirs", folder.resolve("data").toString());
        p.setProperty("auto.create.topics.enable", "false");
        oneNode(p);
        small(p);
        return p;
    }

    /// One broker holds the only replica. The short session lets a killed broker register again at
    /// once instead of looping on DUPLICATE_BROKER_REGISTRATION.
    private static void oneNode(Properties p) {
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "1");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("broker.session.timeout.ms", "2000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
    }

    /// An acknowledged record is on disk (fsync after each), and the broker stays small.
    private static void small(Properties p) {
        p.setProperty("log.flush.interval.messages", "1");
        p.setProperty("message.max.bytes", String.valueOf(4 * 1024 * 1024));
        p.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "2");
        p.setProperty("background.threads", "2");
    }
}
