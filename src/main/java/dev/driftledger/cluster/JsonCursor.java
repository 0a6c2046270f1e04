package dev.driftledger.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks over JSON bytes without building anything.
///
/// It checks structure only as far as its caller walks; what is sent on is parsed strictly later.
/// It never recurses, so depth costs nothing, and it never reads outside the given range.
final class JsonCursor {
    private byte[] bytes = new byte[0];
    private int end;
    private int position;
    private int keyStart;
    private int keyEnd;

    /// The walk left the range or met a byte that cannot stand there.
    static final class BrokenJson extends Exception {
        private static final long serialVersionUID = 1;

        BrokenJson(String message) {
            super(message, null, false, false);
        }
    }

    /// Keys to compare members with, as bytes.
    static final class Keys {
        private final byte[][] keys;

        private Keys(byte[][] keys) {
            this.keys = keys;
        }

        static Keys of(String... keys) {
            byte[][] bytes = new byte[keys.length][];
            for (int i = 0; i < keys.length; i++) {
                bytes[i] = keys[i].getBytes(StandardCharsets.US_ASCII);
            }
            return new Keys(bytes);
        }
    }

    /// Starts at a position of a buffer that must not change meanwhile.
    void reset(byte[] buffer, int from, int to) {
        bytes = buffer;
        position = from;
        end = to;
    }

    /// Where the next byte is read.
    int position() {
        return position;
    }

    /// Where the current member starts: the quote before its key.
    int memberStart() {
        return keyStart - 1;
    }

    /// Steps into the object or array that starts here.
    void enter(char bracket) throws BrokenJson {
        byte got = peek();
        if (got != bracket) {
            throw broken("'" + bracket + "'");
        }
        position++;
    }

    /// Whether the value here starts with this byte.
    boolean at(char first) throws BrokenJson {
        return peek() == first;
    }

    /// Moves to the value of the next member; false, and behind the object, when there is none.
    boolean nextMember() throws BrokenJson {
        byte next = peekAfterComma();
        if (next == '}') {
            position++;
            return false;
        }
        if (next != '"') {
            throw broken("a key");
        }
        keyStart = position + 1;
        skipString();
        keyEnd = position - 1;
        if (peek() != ':') {
            throw broken("':'");
        }
        position++;
        peek();
        return true;
    }

    /// Moves to the next item; false, and behind the array, when there is none.
    boolean nextItem() throws BrokenJson {
        if (peekAfterComma() == ']') {
            position++;
            return false;
        }
        return true;
    }

    /// Whether the current member has this key, spelled without escapes.
    boolean keyIs(byte[] key) {
        return keyEnd - keyStart == key.length
                && Arrays.equals(bytes, keyStart, keyEnd, key, 0, key.length);
    }

    /// Whether the current member has one of these keys.
    boolean keyIsOneOf(Keys keys) {
        for (byte[] key : keys.keys) {
            if (keyIs(key)) {
                return true;
            }
        }
        return false;
    }

    /// The text of the string here, then behind it.
    String text() throws BrokenJson {
        if (peek() != '"') {
            throw broken("a string");
        }
        int start = position + 1;
        skipString();
        String raw = new String(bytes, start, position - 1 - start, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') >= 0) {
            throw broken("a string without escapes");
        }
        return raw;
    }

    /// Moves behind the value here.
    void skip() throws BrokenJson {
        byte first = peek();
        if (first == '"') {
            skipString();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            skipScalar();
        }
    }

    private void skipNested() throws BrokenJson {
        int depth = 0;
        while (position < end) {
            byte c = bytes[position];
            if (c == '"') {
                skipString();
                continue;
            }
            position++;
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return;
                }
            }
        }
        throw broken("the end of a value");
    }

    private void skipScalar() throws BrokenJson {
        int start = position;
        while (position < end && !endsScalar(bytes[position])) {
            position++;
        }
        if (position == start) {
            throw broken("a value");
        }
    }

    private static boolean endsScalar(byte c) {
        return c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || (c <= ' ' && c >= 0);
    }

    private void skipString() throws BrokenJson {
        int at = position + 1;
        byte[] buffer = bytes;
        int limit = end;
        while (at < limit) {
            byte c = buffer[at++];
            if (c == '"') {
                position = at;
                return;
            }
            if (c == '\\') {
                at++;
            }
        }
        position = limit;
        throw broken("the end of a string");
    }

    private byte peekAfterComma() throws BrokenJson {
        byte next = peek();
        if (next == ',') {
            position++;
            next = peek();
        }
        return next;
    }

    private byte peek() throws BrokenJson {
        while (position < end) {
            byte c = bytes[position];
            if (c > ' ' || c < 0) {
                return c;
            }
            position++;
        }
        throw broken("more");
    }

    private BrokenJson broken(String want) {
        String got = position < end ? "byte " + (bytes[position] & 0xff) : "the end";
        return new BrokenJson("want " + want + " at byte " + position + ", got " + got);
    }
}
