package dev.driftledger.sandbox;

import dev.driftledger.web.LifeSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Gives the page `/sandbox` the steps of the scripted life; none where no sandbox runs.
final class LifePage {
    /// Names the file of steps; set by the sandbox itself.
    static final String FILE_KEY = "driftledger.sandbox.life";

    @Produces
    @Singleton
    LifeSource lifeSource(@ConfigProperty(name = FILE_KEY) Optional<Path> file) {
        return () ->
                file.map(LifeLog::read).orElse(List.of()).stream().map(LifePage::step).toList();
    }

    private static LifeSource.Step step(LifeStep step) {
        return new LifeSource.Step(step.number(), step.at(), step.actor(), step.did());
    }
}
