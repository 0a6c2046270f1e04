package dev.driftledger.sandbox;

import dev.driftledger.web.LifeSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/// Gives the page `/sandbox` the steps of the scripted life; none where no sandbox runs.
final class LifePage {
    @Produces
    @Singleton
    LifeSource lifeSource(SandboxConfig config) {
        return new LifeSource() {
            @Override
            public List<Step> steps() {
                return config.life().map(LifeLog::read).orElse(List.of()).stream()
                        .map(LifePage::step)
                        .toList();
            }

            @Override
            public boolean running() {
                return config.life().isPresent();
            }
        };
    }

    private static LifeSource.Step step(LifeStep step) {
        return new LifeSource.Step(step.number(), step.at(), step.actor(), step.did());
    }
}
