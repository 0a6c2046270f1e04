package dev.driftledger.web;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Readiness of the log: whether PostgreSQL, Kafka and the intake do what they should.
@Readiness
@Singleton
final class LogHealth implements HealthCheck {
    private final Instance<Conditions> conditions;

    LogHealth(Instance<Conditions> conditions) {
        this.conditions = conditions;
    }

    @Override
    public HealthCheckResponse call() {
        return answer(conditions.isResolvable() ? conditions.get().parts() : List.of());
    }

    /// Up only when every part is.
    static HealthCheckResponse answer(List<Conditions.Part> parts) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("driftledger-log");
        boolean up = true;
        for (Conditions.Part part : parts) {
            up &= part.up();
            response.withData(part.name(), (part.up() ? "up: " : "down: ") + part.words());
        }
        return response.status(up).build();
    }
}
