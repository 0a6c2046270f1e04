package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an API server says when it refuses: a `Status` object, or whatever stood in its place.
///
/// @param code HTTP status code, also of an ERROR event
/// @param reason such as `Expired`; empty when none was given
/// @param message for people, at most 300 characters
/// @param retryAfter null when the server named no delay
record ServerStatus(int code, String reason, String message, @Nullable Duration retryAfter) {
    private static final int MESSAGE_CHARACTERS_MAX = 300;

    /// Reads a `Status` object; anything else is taken as text.
    static ServerStatus read(int code, byte[] body, @Nullable Duration retryAfter) {
        try {
            JsonNode status = Json.parse(body);
            int stated = status.path("code").asInt(code);
            int seconds = status.path("details").path("retryAfterSeconds").asInt(0);
            return new ServerStatus(
                    stated == 0 ? code : stated,
                    status.path("reason").asText(""),
                    cut(status.path("message").asText("")),
                    retryAfter == null && seconds > 0 ? Duration.ofSeconds(seconds) : retryAfter);
        } catch (IOException e) {
            byte[] start = Arrays.copyOf(body, Math.min(body.length, MESSAGE_CHARACTERS_MAX));
            String text = new String(start, java.nio.charset.StandardCharsets.UTF_8);
            return new ServerStatus(code, "", cut(text), retryAfter);
        }
    }

    /// Whether changes since the version asked for can no longer be had.
    boolean expired() {
        return code == 410 || (code == 504 && message.contains("Too large resource version"));
    }

    /// For records and logs.
    String describe() {
        String named = reason.isEmpty() ? "" : " " + reason;
        return "HTTP " + code + named + (message.isEmpty() ? "" : ": " + message);
    }

    private static String cut(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return printable.length() > MESSAGE_CHARACTERS_MAX
                ? printable.substring(0, MESSAGE_CHARACTERS_MAX)
                : printable;
    }
}
