package dev.driftledger.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// A JVM that starts one embedded part, writes one acknowledged thing, says `ready`, and waits to
/// be killed.
final class KilledJvm {
    private KilledJvm() {}

    /// Runs `main(part, folder)` in a JVM of its own and kills it with SIGKILL once it is ready.
    static void run(String part, Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");
        List<String> command =
                List.of(
                        java,
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        path,
                        KilledJvm.class.getName(),
                        part,
                        folder.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.equals("ready")) {
                output.append(line).append('\n');
                line = lines.readLine();
            }
            if (line == null) {
                throw new AssertionError("the child JVM ended before it was ready:\n" + output);
            }
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    public static void main(String[] args)
            throws SQLException, ExecutionException, InterruptedException {
        Path folder = Path.of(args[1]);
        switch (args[0]) {
            case "postgres" -> postgres(folder);
            case "kafka" -> kafka(folder);
            default -> throw new IllegalArgumentException("no part " + args[0]);
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static void postgres(Path folder) throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
        try (Connection connection = postgres.connect(EmbeddedPostgres.OWNER)) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
    }

    private static void kafka(Path folder) throws ExecutionException, InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        kafka.createTopics(List.of(new NewTopic("kept", 1, (short) 1)));
        Map<String, Object> config =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", "key", "value")).get();
        }
    }
}
