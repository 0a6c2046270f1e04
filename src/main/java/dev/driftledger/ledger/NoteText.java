package dev.driftledger.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Spellings that notes, keys and proofs share, read strictly: one value has one spelling.
final class NoteText {
    private NoteText() {}

    static String checkKeyName(String name) {
        boolean spaced = name.codePoints().anyMatch(NoteText::isSpaceOrControl);
        if (name.isEmpty() || spaced || name.contains("+")) {
            throw new IllegalArgumentException(
                    "key name must be non-empty, without spaces and '+', got '" + name + "'");
        }
        return name;
    }

    private static boolean isSpaceOrControl(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.isISOControl(point);
    }

    /// Text without control characters but LF.
    static String utf8(String what, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new IllegalArgumentException(what + " is not UTF-8");
        }
        if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new IllegalArgumentException(what + " has a control character besides LF");
        }
        return text;
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Standard base64 with padding and without spare bits.
    static byte[] decode(String what, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is not base64", e);
        }
        if (!encode(bytes).equals(base64)) {
            throw new IllegalArgumentException(what + " is not canonical base64");
        }
        return bytes;
    }

    /// A number of at least 0, in digits without leading zeros.
    static long decimal(String what, String digits) {
        if (!digits.matches("0|[1-9][0-9]{0,18}")) {
            throw new IllegalArgumentException(
                    what + " must be a decimal number without leading zeros");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is beyond 2^63-1", e);
        }
    }

    /// The first four bytes, high byte first.
    static int readInt(byte[] bytes) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }
}
