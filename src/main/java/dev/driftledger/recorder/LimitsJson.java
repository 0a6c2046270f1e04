package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.RecorderLimits;
import java.time.Duration;

/// Limits as the entry about the settings holds them.
final class LimitsJson {
    private LimitsJson() {}

    static void write(ObjectNode body, RecorderLimits limits) {
        body.put("flappingMillis", limits.flapping().toMillis())
                .put("valueMaxBytes", limits.valueMaxBytes())
                .put("formerCount", limits.formerCount())
                .put("relatedCount", limits.relatedCount())
                .put("renderingsCount", limits.renderingsCount())
                .put("problemsCount", limits.problemsCount())
                .put("tombstonesCount", limits.tombstonesCount())
                .put("tombstonesKeptMillis", limits.tombstonesKept().toMillis())
                .put("auditsCount", limits.auditsCount())
                .put("auditsKeptMillis", limits.auditsKept().toMillis())
                .put("largeCount", limits.largeCount())
                .put("largePauseMillis", limits.largePause().toMillis());
    }

    /// What is absent has its default: logs began without limits.
    ///
    /// @throws IllegalArgumentException when a limit is out of its range
    static RecorderLimits read(JsonNode body) {
        RecorderLimits preset = RecorderLimits.DEFAULT;
        return new RecorderLimits(
                millis(body, "flappingMillis", preset.flapping()),
                count(body, "valueMaxBytes", preset.valueMaxBytes()),
                count(body, "formerCount", preset.formerCount()),
                count(body, "relatedCount", preset.relatedCount()),
                count(body, "renderingsCount", preset.renderingsCount()),
                count(body, "problemsCount", preset.problemsCount()),
                count(body, "tombstonesCount", preset.tombstonesCount()),
                millis(body, "tombstonesKeptMillis", preset.tombstonesKept()),
                count(body, "auditsCount", preset.auditsCount()),
                millis(body, "auditsKeptMillis", preset.auditsKept()),
                count(body, "largeCount", preset.largeCount()),
                millis(body, "largePauseMillis", preset.largePause()));
    }

    private static int count(JsonNode body, String name, int preset) {
        return body.path(name).asInt(preset);
    }

    private static Duration millis(JsonNode body, String name, Duration preset) {
        return Duration.ofMillis(body.path(name).asLong(preset.toMillis()));
    }
}
