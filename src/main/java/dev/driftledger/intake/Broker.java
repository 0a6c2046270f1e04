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
import org.jspecify.annotations.Nullable;

/// Tells whether Kafka answers.
@ApplicationScoped
public class Broker {
    private final Admin kafka;

    Broker(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = Admin.create(new HashMap<>(kafka));
    }

    /// Asks the cluster who it is.
    ///
    /// @return why it does not answer; null when it does
    public @Nullable String trouble(Duration waitMax) throws InterruptedException {
        try {
            kafka.describeCluster().nodes().get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return e.toString();
        }
    }

    @PreDestroy
    void close() {
        kafka.close(Duration.ZERO);
    }
}
