package dev.driftledger.web;

import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the times that requests name.
final class Moment {
    /// How far a client's clock may be ahead of ours.
    private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    private static final String WANTED =
            "an RFC 3339 time such as 2026-11-22T14:47:23Z, or as pages print it:"
                    + " 2026-11-22 14:47:23 UTC";

    /// As pages print it, with or without its seconds and its zone; a `T` needs the zone.
    private static final Pattern PRINTED =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\d) +(\\d\\d:\\d\\d)(:\\d\\d(?:\\.\\d{1,9})?)?"
                            + "(?: *(?:UTC|Z))?");

    private static final Pattern WITHOUT_ZONE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)?");

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

    /// Any moment, RFC 3339 or as [Stamp#utc()] prints it; null or empty gives null.
    ///
    /// @throws Refusal with 400 when it is neither
    static @Nullable Instant any(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > 64) {
            throw Refusal.malformed(name, WANTED);
        }
        String stripped = text.strip();
        try {
            return Rfc3339.parse(spelled(stripped));
        } catch (IllegalArgumentException e) {
            String mend =
                    WITHOUT_ZONE.matcher(stripped).matches()
                            ? "; it names no zone or no time: add them, such as Z for UTC"
                            : "";
            throw Refusal.malformed(name, WANTED + ", got '" + text + "'" + mend);
        }
    }

    private static String spelled(String text) {
        Matcher printed = PRINTED.matcher(text);
        if (!printed.matches()) {
            // A plus sign that was not encoded arrives as a space.
            return text.replace(' ', '+');
        }
        String seconds = printed.group(3) == null ? ":00" : printed.group(3);
        return printed.group(1) + "T" + printed.group(2) + seconds + "Z";
    }
}
