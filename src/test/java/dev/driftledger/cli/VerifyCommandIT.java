package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.driftledger.ledger.SampleLog;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command on folders and on a real HTTP server.
class VerifyCommandIT {
    @TempDir Path folder;

    private record Run(int exit, String out, String err) {}

    private static Run verify(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                new CommandLine(new VerifyCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    @Test
    void a_folder_as_wget_leaves_it_is_found_and_verified() throws IOException {
        // Given
        SampleLog log = SampleLog.ofSize(300);
        log.writeTo(folder.resolve("127.0.0.1:8080/log/uid-1"));
        // When
        Run run = verify(folder.toString(), "--key", log.verifierKey().encode());
        // Then
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.out()).contains("uid-1", "size    300", "=> PASS").doesNotContain("NOT_");
    }

    @Test
    void every_log_below_a_folder_is_verified_and_one_bad_one_fails() throws IOException {
        // Given
        SampleLog.ofSize(3).writeTo(folder.resolve("a"));
        SampleLog.ofSize(3).writeTo(folder.resolve("b"));
        Files.delete(folder.resolve("b/tile/0/000.p/3"));
        // When
        Run run = verify(folder.toString(), "--json");
        // Then
        assertThat(run.exit()).isEqualTo(1);
        JsonNode json = Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.at("/logs/0/failed").booleanValue()).isFalse();
        assertThat(json.at("/logs/0/steps/0/outcome").textValue()).isEqualTo("NOT_CHECKED");
        assertThat(json.at("/logs/1/failed").booleanValue()).isTrue();
        assertThat(json.at("/failed").booleanValue()).isTrue();
    }

    @Test
    void keys_are_read_from_a_file() throws IOException {
        SampleLog log = SampleLog.ofSize(3);
        log.writeTo(folder.resolve("a"));
        Path keys = Files.writeString(folder.resolve("keys"), log.verifierKey() + "\n\n");
        assertThat(verify(folder.toString(), "--key-file", keys.toString()).exit()).isZero();
    }

    @Test
    void wrong_arguments_and_absent_logs_exit_with_2_and_say_what_to_do() {
        assertThat(verify().exit()).isEqualTo(2);
        assertThat(verify(folder.toString()).err()).contains("no file 'checkpoint'");
        assertThat(verify(folder.resolve("none").toString()).err()).contains("neither");
        Run badKey = verify(folder.toString(), "--key", "abc");
        assertThat(badKey.exit()).isEqualTo(2);
        assertThat(badKey.err()).contains("name+id+base64");
        assertThat(verify(folder.toString(), "--threads", "0").exit()).isEqualTo(2);
    }

    private static void serve(Path root, AtomicInteger busy, HttpExchange exchange)
            throws IOException {
        Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
        if (busy.getAndDecrement() > 0) {
            exchange.sendResponseHeaders(503, -1);
        } else if (Files.isRegularFile(file)) {
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } else if (file.endsWith("checkpoints") && Files.isDirectory(file)) {
            try (Stream<Path> files = Files.list(file)) {
                String index =
                        files.map(f -> "<a href=\"" + f.getFileName() + "\">x</a>\n")
                                .collect(Collectors.joining());
                exchange.sendResponseHeaders(200, index.length());
                exchange.getResponseBody().write(index.getBytes(StandardCharsets.UTF_8));
            }
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    @Test
    void a_live_log_is_verified_and_a_busy_server_asked_again() throws IOException {
        // Given
        SampleLog log = SampleLog.ofSize(600);
        log.writeTo(folder.resolve("log/uid-1"));
        Files.createDirectories(folder.resolve("log/uid-1/checkpoints"));
        Files.copy(
                folder.resolve("log/uid-1/checkpoint"),
                folder.resolve("log/uid-1/checkpoints/600"));
        AtomicInteger busy = new AtomicInteger(2);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(folder, busy, exchange));
        server.start();
        try {
            String root = "http://127.0.0.1:" + server.getAddress().getPort() + "/log/";
            // When
            Run run = verify(root + "uid-1", "--key", log.verifierKey().encode());
            Run none = verify(root);
            // Then
            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("size    600").contains("1 checkpoint holds");
            assertThat(none.exit()).isEqualTo(2);
            assertThat(none.err()).contains("no 'checkpoint' at this URL");
        } finally {
            server.stop(0);
        }
    }
}
