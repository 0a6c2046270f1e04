package dev.driftledger.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/// The one way times are written: RFC 3339, UTC, `Z`, always three fraction digits.
public final class Rfc3339 {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /// `2026-11-22T14:47:23.710Z`; anything finer than a millisecond is cut off.
    public static String format(Instant time) {
        return FORMAT.format(time.truncatedTo(ChronoUnit.MILLIS));
    }

    /// Reads an RFC 3339 time with any offset.
    ///
    /// @throws IllegalArgumentException naming the shape that is wanted
    public static Instant parse(String text) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "time must be RFC 3339 such as 2026-11-22T14:47:23Z, got '" + text + "'", e);
        }
    }
}
