package dev.driftledger.cluster;

import static dev.driftledger.cluster.ScriptedServer.listEnd;
import static dev.driftledger.cluster.ScriptedServer.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftledger.model.IntakeRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a watch does with content that is too much or no good, and with a sink that is full.
class WatchLoadIT {
    private final CollectedRecords sink = new CollectedRecords();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void poison_is_one_unreadable_object_and_the_watch_goes_on() throws Exception {
        // Given
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        String big = "x".repeat(1_400_000);
        WatchSettings small =
                new WatchSettings(
                        1_000_000,
                        16 << 20,
                        500,
                        8,
                        List.of(),
                        List.of(),
                        true,
                        WatchFixture.quick().times());
        server.then(a -> {
            a.head(200, "");
            a.event("BOOKMARK", listEnd(1));
            a.event("ADDED", map("lone", "u1", 2, ",\"data\":{\"x\":\"\\ud800\"}"));
            a.event("ADDED", map("deep", "u2", 3, ",\"spec\":" + deep));
            a.event("ADDED", map("big", "u3", 4, ",\"data\":{\"x\":\"" + big + "\"}"));
            a.event("ADDED", map("dup", "u4", 5, ",\"a\":1,\"a\":2"));
            a.write("no json at all\n");
            a.event("MODIFIED", map("lone", "u1", 6, ",\"data\":{\"x\":\"ok\"}"));
            a.event("DELETED", map("big", "u3", 7, ",\"data\":{\"x\":\"" + big + "\"}"));
            a.event("ADDED", map("last", "u5", 8));
            a.hang();
        });

        // When
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ = WatchFixture.watch(connection, sink, small)) {
            sink.awaitObject("ConfigMap", "last");
        }

        // Then
        assertThat(sink.of(IntakeRecord.ObjectUnreadable.class))
                .extracting(u -> (u.key() == null ? "?" : u.key().name()) + ": " + u.reason())
                .satisfiesExactly(
                        r -> assertThat(r).startsWith("lone: holds an invalid UTF-16 surrogate"),
                        r -> assertThat(r).startsWith("deep: ").contains("nesting depth"),
                        r -> assertThat(r).startsWith("big: has 14").contains("object-bytes-max"),
                        r -> assertThat(r).startsWith("dup: ").contains("Duplicate"),
                        r -> assertThat(r).startsWith("?: is no JSON"));
        assertThat(sink.observed()).containsExactly("lone@6", "last@8");
        assertThat(sink.of(IntakeRecord.ObjectDeleted.class))
                .singleElement()
                .satisfies(d -> assertThat(d.key().name()).isEqualTo("big"));
    }

    @Test
    void a_sink_that_stands_still_stops_the_reading() throws Exception {
        // Given
        AtomicInteger taken = new AtomicInteger();
        String filler = ",\"data\":{\"x\":\"" + "x".repeat(100_000) + "\"}";
        AtomicInteger written = new AtomicInteger();
        server.then(a -> {
            a.head(200, "");
            for (int i = 0; i < 2_000; i++) {
                a.event("ADDED", map("m" + i, "u" + i, i + 1, filler));
                written.incrementAndGet();
            }
        });
        WatchSettings tight =
                new WatchSettings(
                        1 << 20,
                        1 << 20,
                        500,
                        8,
                        List.of(),
                        List.of(),
                        true,
                        WatchFixture.quick().times());

        // When
        try (ClusterConnection connection = server.connect()) {
            ClusterWatch watch =
                    new ClusterWatch(
                            connection,
                            Known.nothing(),
                            record -> {
                                if (record instanceof IntakeRecord.ObjectObserved) {
                                    taken.incrementAndGet();
                                    return new CompletableFuture<>();
                                }
                                return CompletableFuture.allOf();
                            },
                            WatchFixture.options(tight));
            watch.start();
            await().until(() -> taken.get() >= 10);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> taken.get() <= 11);
            long begun = System.nanoTime();
            watch.close();

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(written.get()).isLessThan(2_000);
        }
    }
}
