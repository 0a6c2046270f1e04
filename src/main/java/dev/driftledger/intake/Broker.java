package dev.driftledger.intake;

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
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Tells whether Kafka answers.
@ApplicationScoped
public class Broker {
    private final Map<String, Object> settings;
    private @Nullable Admin kafka;

    Broker(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        this.settings = new HashMap<>(settings);
    }

    /// Asks the cluster who it is.
    ///
    /// @return why it does not answer; null when it does
    public @Nullable String trouble(Duration waitMax) throws InterruptedException {
        try {
            client().describeCluster().nodes().get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return e.toString();
        }
    }

    /// Made when it is needed first: settings that cannot be used are told of at the start.
    private synchronized Admin client() {
        Admin made = kafka;
        if (made == null) {
            made = Admin.create(settings);
            kafka = made;
        }
        return made;
    }

    @PreDestroy
    synchronized void close() {
        if (kafka != null) {
            kafka.close(Duration.ZERO);
        }
    }
}
