package dev.driftledger.sandbox;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// What the running sandbox tells the service about itself. Nobody else sets it.
@ConfigMapping(prefix = "driftledger.sandbox")
public interface SandboxConfig {
    /// The file of steps that the page `/sandbox` shows; absent where no sandbox runs.
    Optional<Path> life();
}
