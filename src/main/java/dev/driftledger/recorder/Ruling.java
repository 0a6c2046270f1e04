package dev.driftledger.recorder;

import dev.driftledger.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which ignore rules are in force for an application.
///
/// @param file digest of the [dev.driftledger.model.IgnoreRulesFile]
/// @param asOf the moment as of which it was last looked whether a rule ended: when the file came,
///     then the first heartbeat after the end of each rule
public record Ruling(Digest file, Instant asOf) {
    /// The ruling after a file arrived: the same while the file is.
    static @Nullable Ruling next(@Nullable Ruling old, @Nullable Digest file, Instant now) {
        if (file == null) {
            return null;
        }
        return old != null && old.file.equals(file) ? old : new Ruling(file, now);
    }
}
