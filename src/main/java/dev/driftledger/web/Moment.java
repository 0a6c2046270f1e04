package dev.driftledger.web;

import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads the times that requests name.
final class Moment {
    /// How far a client's clock may be ahead of ours.
    private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    private Moment() {}

    /// A moment in the past; null or empty means now and gives null.
    ///
    /// @param name of the parameter, for the message
    /// @throws Refusal with 400 when it is no RFC 3339 time, or lies in the future
    static @Nullable Instant past(String name, @Nullable String text, Instant now) {
        Instant time = any(name, text);
        if (time != null && time.isAfter(now.plus(AHEAD_MAX))) {
            throw Refusal.malformed(name, "in the past; it is " + Rfc3339.format(now) + " here");
        }
        return time;
    }

    /// Any moment; null or empty gives null.
    ///
    /// @throws Refusal with 400 when it is no RFC 3339 time
    static @Nullable Instant any(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > 64) {
            throw Refusal.malformed(name, "an RFC 3339 time such as 2026-11-22T14:47:23Z");
        }
        try {
            // A plus sign that was not encoded arrives as a space.
            return Rfc3339.parse(text.strip().replace(' ', '+'));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(
                    name, "an RFC 3339 time such as 2026-11-22T14:47:23Z, got '" + text + "'");
        }
    }
}
