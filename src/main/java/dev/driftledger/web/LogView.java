package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/// One cluster's log.
///
/// @param origin its name in checkpoints
/// @param size how many entries it has
/// @param recordedAt when the last one was recorded; null while it is empty
/// @param checkpoint the newest; null while none is signed
/// @param key the verifier key, `name+keyid+base64`; what an auditor pins
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogView(
        ClusterView cluster,
        String origin,
        long size,
        @Nullable Stamp recordedAt,
        @Nullable CheckpointView checkpoint,
        @Nullable String key,
        Addresses links) {

    /// Where its files are.
    record Addresses(String files, String checkpoint, String key, String entries) {
        static Addresses of(String cluster) {
            String root = "/log/" + cluster + "/";
            return new Addresses(
                    root, root + "checkpoint", root + "key", "/api/v1/log/" + cluster + "/entries");
        }
    }
}
