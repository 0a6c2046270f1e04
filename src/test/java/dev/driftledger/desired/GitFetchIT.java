package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a remote repository can do to a fetch.
class GitFetchIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long MUCH = 1 << 30;

    @TempDir Path temp;

    @Test
    void a_fetch_that_brings_too_much_fails() throws Exception {
        byte[] noise = new byte[400_000];
        new Random(7).nextBytes(noise);
        try (GitFixture git = new GitFixture(temp.resolve("origin.git"));
                GitMirror mirror =
                        GitMirror.open(git.url(), temp.resolve("mirror.git"), List.of("file"))) {
            git.commit(Map.of("a.yaml", new String(noise, StandardCharsets.ISO_8859_1)));
            assertThatThrownBy(() -> mirror.fetchBranch("main", MINUTE, 1000))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("mirror-bytes-max");
        }
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        AtomicInteger followedCount = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/a.git",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/inner.git/info/refs");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.createContext(
                "/inner.git",
                exchange -> {
                    followedCount.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.git";
        try (GitMirror web = GitMirror.open(url, temp.resolve("web.git"), List.of("http"))) {
            assertThatThrownBy(() -> web.fetchBranch("main", MINUTE, MUCH))
                    .isInstanceOf(SourceException.class);
        } finally {
            server.stop(0);
        }
        assertThat(followedCount).hasValue(0);
    }

    @Test
    void without_an_ssh_client_the_reason_says_so() throws Exception {
        try (GitMirror remote =
                GitMirror.open("git@127.0.0.1:a.git", temp.resolve("s.git"), List.of("ssh"))) {
            assertThatThrownBy(() -> remote.fetchBranch("main", MINUTE, MUCH))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("no SSH client");
        }
    }
}
