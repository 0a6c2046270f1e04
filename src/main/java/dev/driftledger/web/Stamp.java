package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A time as people and programs are shown it, always UTC.
///
/// @param at the moment itself
@Schema(
        type = SchemaType.STRING,
        format = "date-time",
        examples = {"2026-11-22T14:47:23.710Z"})
record Stamp(Instant at) {

    /// `2026-11-22T14:47:23.710Z`.
    @JsonValue
    public String rfc3339() {
        return Rfc3339.format(at);
    }

    /// `2026-11-22 14:47:23 UTC`, for reading.
    public String utc() {
        return rfc3339().substring(0, 19).replace('T', ' ') + " UTC";
    }

    /// `14:47:23.710`, where the day is clear.
    public String clock() {
        return rfc3339().substring(11, 23);
    }

    /// How long it is from here to a later moment, in words: `3 min 20 s`. Nothing is negative.
    static String span(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        if (time.isNegative()) {
            time = Duration.ZERO;
        }
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toSeconds() == 0 ? "under 1 s" : time.toSeconds() + " s";
    }
}
