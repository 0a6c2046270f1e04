package dev.driftledger.service;

import dev.driftledger.store.LogStore;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/// Asks PostgreSQL and Kafka every few seconds whether they answer, and tells the watchdog.
@ApplicationScoped
public class Probe {
    private static final Duration WAIT_MAX = Duration.ofSeconds(3);

    private final LogStore logs;
    private final Watchdog watchdog;
    private final Admin kafka;

    Probe(
            LogStore logs,
            Watchdog watchdog,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.logs = logs;
        this.watchdog = watchdog;
        this.kafka = Admin.create(new HashMap<>(kafka));
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void askDatabase() {
        try {
            logs.ping().await().atMost(WAIT_MAX);
            watchdog.up("postgresql", "answers");
        } catch (RuntimeException e) {
            watchdog.down("postgresql", "does not answer: " + e.getMessage());
        }
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void askBroker() {
        try {
            kafka.describeCluster().nodes().get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            watchdog.up("kafka", "answers");
        } catch (ExecutionException | TimeoutException e) {
            watchdog.down("kafka", "does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() {
        kafka.close(Duration.ZERO);
    }
}
