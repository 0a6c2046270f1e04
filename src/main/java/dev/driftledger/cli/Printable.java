package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Texts from outside as a terminal may show them: no control characters, which could fake lines
/// of the output, and cut to a width.
final class Printable {
    private Printable() {}

    static String text(String text) {
        return text.replaceAll("\\p{C}", "\ufffd");
    }

    /// At most `widthMax` characters, the last one being `…` when there were more.
    static String cut(String text, int widthMax) {
        String clean = text(text);
        int end =
                clean.offsetByCodePoints(
                        0, Math.min(widthMax, clean.codePointCount(0, clean.length())));
        return end == clean.length()
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(end, -1)) + "…";
    }

    /// A value as compact JSON, texts without quotes where that is clear; `-` for none.
    static String value(@Nullable JsonNode value, int widthMax) {
        if (value == null) {
            return "-";
        }
        String plain = value.isTextual() ? value.asText() : "";
        boolean clear = plain.matches("[A-Za-z/][^\\s]*") && !plain.matches("(?i)true|false|null");
        return cut(clear ? plain : value.toString(), widthMax);
    }

    static String padded(String text, int width) {
        int missing = width - text.codePointCount(0, text.length());
        return missing <= 0 ? text : text + " ".repeat(missing);
    }
}
