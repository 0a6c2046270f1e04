package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;

/// The hashed form of a JSON tree: RFC 8785 (JCS), UTF-8, no trailing newline.
///
/// What RFC 8785 would change silently is refused instead, so that two different trees never have
/// the same bytes and the bytes parse back to themselves: integers beyond ±(2^53−1), doubles whose
/// canonical form is such an integer, numbers that are not finite, unpaired surrogates and nesting
/// deeper than [#DEPTH_MAX]. Duplicate keys cannot occur in a tree; [Json#parse(byte[])] refuses
/// them.
public final class CanonicalJson {
    /// How many containers may be nested.
    public static final int DEPTH_MAX = 100;

    /// The largest integer, 2^53−1; anything larger belongs into a string.
    public static final long INTEGER_MAX = 9_007_199_254_740_991L;

    private static final BigInteger BIG_MAX = BigInteger.valueOf(INTEGER_MAX);
    private static final double PLAIN_NOTATION_MAX = 1e21;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final int sizeMaxBytes;
    private byte[] out;
    private int size;

    private CanonicalJson(int sizeMaxBytes) {
        this.sizeMaxBytes = sizeMaxBytes;
        this.out = new byte[Math.min(sizeMaxBytes, 1024)];
    }

    /// The canonical bytes of a tree.
    ///
    /// @param sizeMaxBytes how many bytes there may be
    /// @throws IllegalArgumentException naming what cannot be written, and how to write it instead
    public static byte[] of(JsonNode node, int sizeMaxBytes) {
        CanonicalJson writer = new CanonicalJson(sizeMaxBytes);
        writer.value(node, 0);
        return Arrays.copyOf(writer.out, writer.size);
    }

    private void value(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, depth + 1);
            case ARRAY -> array(node, depth + 1);
            case STRING -> string(node.textValue());
            case NUMBER -> number(node);
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL -> ascii("null");
            case BINARY, MISSING, POJO ->
                    throw new IllegalArgumentException(
                            "a " + node.getNodeType() + " node is no JSON value; use a string");
        }
    }

    private void object(JsonNode node, int depth) {
        checkDepth(depth);
        List<String> names = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(names::add);
        names.sort(null); // String's order is that of UTF-16 code units, as section 3.2.3 wants
        put('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                put(',');
            }
            string(names.get(i));
            put(':');
            value(node.path(names.get(i)), depth);
        }
        put('}');
    }

    private void array(JsonNode node, int depth) {
        checkDepth(depth);
        put('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(node.path(i), depth);
        }
        put(']');
    }

    private static void checkDepth(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "JSON nests deeper than " + DEPTH_MAX + " containers; store it as a blob");
        }
    }

    private void number(JsonNode node) {
        if (node.isIntegralNumber()) {
            BigInteger value = node.bigIntegerValue();
            if (value.abs().compareTo(BIG_MAX) > 0) {
                throw new IllegalArgumentException(
                        "integer of "
                                + value.bitLength()
                                + " bits is beyond 2^53-1;"
                                + " write it as a string");
            }
            ascii(value.toString());
            return;
        }
        ascii(formatDouble(node.doubleValue()));
    }

    private static String formatDouble(double value) {
        double magnitude = Math.abs(value);
        if (magnitude > INTEGER_MAX && magnitude < PLAIN_NOTATION_MAX) {
            throw new IllegalArgumentException(
                    "number " + value + " is an integer beyond 2^53-1; write it as a string");
        }
        try {
            return NumberToJSON.serializeNumber(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("number " + value + " is not finite", e);
        }
    }

    private void string(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                put(c);
            } else if (c < 0x80) {
                escaped(c);
            } else if (c < 0x800) {
                put(0xC0 | (c >> 6));
                put(0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                put(0xE0 | (c >> 12));
                put(0x80 | ((c >> 6) & 0x3F));
                put(0x80 | (c & 0x3F));
            } else {
                supplementary(text, i++);
            }
        }
        put('"');
    }

    private void supplementary(String text, int at) {
        if (at + 1 >= text.length()
                || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
            throw new IllegalArgumentException(
                    "string has an unpaired surrogate at UTF-16 index " + at + ", no UTF-8");
        }
        int point = text.codePointAt(at);
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }

    private void escaped(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                ascii("u00");
                put(HEX[c >> 4]);
                put(HEX[c & 0xF]);
            }
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(int b) {
        if (size == out.length) {
            if (size >= sizeMaxBytes) {
                throw new IllegalArgumentException(
                        "canonical JSON has more than " + sizeMaxBytes + " bytes");
            }
            out = Arrays.copyOf(out, (int) Math.min(sizeMaxBytes, 2L * size + 64));
        }
        out[size++] = (byte) b;
    }
}
