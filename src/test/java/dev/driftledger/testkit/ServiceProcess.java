package dev.driftledger.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One instance of the packaged service as a process of its own, so that it can be killed and
/// halted. Its console goes to a file beside its data, which a failing test should point at.
public final class ServiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "driftledger.jar");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, String> settings;
    private final String name;
    private final Path console;
    private final int port;
    private final int managementPort;
    private @Nullable Process process;

    ServiceProcess(Path folder, String name, Map<String, String> settings) {
        this.name = name;
        this.port = freePort();
        this.managementPort = freePort();
        this.console = folder.resolve(name + ".console");
        this.settings = new TreeMap<>(settings);
        this.settings.put("quarkus.http.port", String.valueOf(port));
        this.settings.put("quarkus.management.port", String.valueOf(managementPort));
        this.settings.put("driftledger.service.instance", name);
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /// What it is called in the log, and in the database as `application_name`.
    public String name() {
        return name;
    }

    /// Starts it; returns before it answers.
    public void start() {
        if (!Files.isReadable(JAR)) {
            throw new IllegalStateException(JAR + " is missing; ./mvnw package makes it");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(
                List.of(
                        System.getProperty("service.jvm", "-XX:TieredStopAtLevel=1")
                                .split(" ", -1)));
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", JAR.toString(), "serve"));
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the service", e);
        }
    }

    /// SIGKILL; waits until it is dead.
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /// SIGTERM; waits until it has ended.
    public void stop() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    /// SIGSTOP: it stands still, and its connections stay open.
    public void halt() {
        signal("-STOP");
    }

    /// SIGCONT: it goes on where it stood.
    public void resume() {
        signal("-CONT");
    }

    /// Whether the process runs, halted or not.
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /// Whether it answers that it is ready.
    public boolean isReady() {
        return management("/q/health/ready").filter(a -> a.statusCode() == 200).isPresent();
    }

    /// What it says about its parts, by name; empty when it does not answer.
    public Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>();
        management("/q/health/ready")
                .ifPresent(answer -> {
                    for (JsonNode check : json(answer.body()).path("checks")) {
                        check.path("data")
                                .properties()
                                .forEach(e -> parts.put(e.getKey(), e.getValue().asText()));
                    }
                });
        return parts;
    }

    /// The numbers for Prometheus; empty when it does not answer.
    public String metrics() {
        return management("/q/metrics")
                .map(answer -> new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                .orElse("");
    }

    /// Where its pages and log files are, `http://127.0.0.1:<port>`.
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// What it wrote to its console since it was started first.
    public String console() {
        try {
            return Files.readString(console);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + console, e);
        }
    }

    /// A file of it; empty when there is none or no answer.
    public Optional<byte[]> read(String path) {
        return get(url() + path).filter(a -> a.statusCode() == 200).map(HttpResponse::body);
    }

    @Override
    public void close() {
        kill();
    }

    private Optional<HttpResponse<byte[]>> management(String path) {
        return get("http://127.0.0.1:" + managementPort + path);
    }

    private Optional<HttpResponse<byte[]>> get(String url) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void signal(String signal) {
        if (process == null) {
            throw new IllegalStateException("the service was not started");
        }
        try {
            String pid = String.valueOf(process.pid());
            int code = new ProcessBuilder("kill", signal, pid).start().onExit().join().exitValue();
            if (code != 0) {
                throw new IllegalStateException(
                        "kill " + signal + " " + pid + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal, e);
        }
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }
}
