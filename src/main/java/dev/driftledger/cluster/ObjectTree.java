package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads one object strictly, as a tree, in the shape that records carry.
final class ObjectTree {
    private ObjectTree() {}

    /// The bytes are no object that could be recorded.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }

        Unreadable(String message) {
            super(message);
        }
    }

    /// The object with `kind` and `apiVersion`, which lists leave out.
    static ObjectNode read(ResourceType type, byte[] buffer, int from, int to) throws Unreadable {
        if (holdsLoneSurrogate(buffer, from, to)) {
            throw new Unreadable("holds an invalid UTF-16 surrogate");
        }
        JsonNode tree;
        try {
            tree = Json.parse(buffer, from, to);
        } catch (IOException e) {
            throw new Unreadable(firstLine(e.getMessage()), e);
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new Unreadable("is no JSON object");
        }
        if (!object.path("metadata").path("name").isTextual()) {
            throw new Unreadable("has no metadata.name");
        }
        if (!object.path("kind").isTextual()) {
            object.put("kind", type.kind());
        }
        if (!object.path("apiVersion").isTextual()) {
            object.put("apiVersion", type.apiVersion());
        }
        return object;
    }

    /// Whether an escape or a raw byte sequence makes half of a surrogate pair.
    static boolean holdsLoneSurrogate(byte[] buffer, int from, int to) {
        int i = from;
        while (i < to) {
            byte c = buffer[i];
            if (c == '\\') {
                int unit = escapedUnit(buffer, i, to);
                if (unit >= 0 && Character.isSurrogate((char) unit)) {
                    int low = escapedUnit(buffer, i + 6, to);
                    if (!Character.isHighSurrogate((char) unit)
                            || low < 0
                            || !Character.isLowSurrogate((char) low)) {
                        return true;
                    }
                    i += 12;
                } else {
                    i += 2;
                }
            } else if (c == (byte) 0xed && i + 1 < to && (buffer[i + 1] & 0xe0) == 0xa0) {
                return true;
            } else {
                i++;
            }
        }
        return false;
    }

    private static int escapedUnit(byte[] buffer, int at, int to) {
        if (at + 6 > to || buffer[at] != '\\' || buffer[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(buffer[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static String firstLine(@Nullable String message) {
        if (message == null) {
            return "is no JSON";
        }
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 300 ? line.substring(0, 300) : line;
    }
}
