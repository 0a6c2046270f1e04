package dev.driftledger.service;

import dev.driftledger.intake.Broker;
import dev.driftledger.store.LogStore;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Asks PostgreSQL and Kafka every few seconds whether they answer, and tells the watchdog.
@ApplicationScoped
public class Probe {
    private static final Duration WAIT_MAX = Duration.ofSeconds(3);

    private final LogStore logs;
    private final Watchdog watchdog;
    private final Broker broker;

    Probe(LogStore logs, Watchdog watchdog, Broker broker) {
        this.logs = logs;
        this.watchdog = watchdog;
        this.broker = broker;
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
            String trouble = broker.trouble(WAIT_MAX);
            if (trouble == null) {
                watchdog.up("kafka", "answers");
            } else {
                watchdog.down("kafka", "does not answer: " + trouble);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
