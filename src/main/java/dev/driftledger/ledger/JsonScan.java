package dev.driftledger.ledger;

import dev.driftledger.model.CanonicalJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads canonical JSON (RFC 8785) of the common kind without making a tree: ASCII, the short
/// escapes, integers of at most 15 digits. Anything else is an [UncommonException], also when it
/// would be canonical.
final class JsonScan {
    private static final int DIGITS_MAX = 15;

    private final byte[] bytes;
    private final int end;
    private int at;

    /// Reads from `at` to `end`.
    JsonScan(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /// The bytes are not of the common kind. It carries no stack trace, because it steers.
    static final class UncommonException extends Exception {
        private static final long serialVersionUID = 1L;

        UncommonException() {
            super("not of the common kind", null, false, false);
        }
    }

    /// Where a key lies, to compare the next one with.
    record Key(int from, int to) {}

    void check(boolean fine) throws UncommonException {
        if (!fine) {
            throw new UncommonException();
        }
    }

    void end() throws UncommonException {
        check(at == end);
    }

    boolean skip(char c) {
        if (at < end && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String ascii) throws UncommonException {
        check(matches(at, ascii));
        at += ascii.length();
    }

    /// Skips `"name":`, after a comma unless it is the object's first, when that is what comes.
    boolean field(boolean first, String name) {
        int begin = first ? at : at + 1;
        int colon = begin + name.length() + 2;
        boolean comma = first || (at < end && bytes[at] == ',');
        boolean here =
                comma
                        && colon < end
                        && bytes[begin] == '"'
                        && matches(begin + 1, name)
                        && bytes[colon - 1] == '"'
                        && bytes[colon] == ':';
        if (here) {
            at = colon + 1;
        }
        return here;
    }

    void require(boolean first, String name) throws UncommonException {
        check(field(first, name));
    }

    private boolean matches(int from, String ascii) {
        if (from + ascii.length() > end) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// A string without escapes.
    @SuppressWarnings("deprecation") // the one constructor that copies ASCII without decoding it
    String plainText() throws UncommonException {
        int from = at + 1;
        check(!string());
        return new String(bytes, 0, from, at - 1 - from);
    }

    /// Skips a string and says whether it has escapes.
    private boolean string() throws UncommonException {
        check(skip('"'));
        boolean escaped = false;
        int i = at;
        while (i < end && bytes[i] != '"') {
            byte b = bytes[i];
            check(b >= 0x20); // control characters, and, being negative, all beyond ASCII
            if (b == '\\') {
                i++;
                check(i < end && "\"\\bfnrt".indexOf(bytes[i]) >= 0);
                escaped = true;
            }
            i++;
        }
        check(i < end);
        at = i + 1;
        return escaped;
    }

    /// A key with its colon, which comes after the one before.
    Key key(@Nullable Key before) throws UncommonException {
        int from = at + 1;
        check(!string());
        Key key = new Key(from, at - 1);
        check(
                before == null
                        || Arrays.compare(bytes, before.from, before.to, bytes, key.from, key.to)
                                < 0);
        check(skip(':'));
        return key;
    }

    /// An integer of at least 0.
    long natural() throws UncommonException {
        int from = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at] - '0';
            at++;
            check(at - from <= DIGITS_MAX);
        }
        check(at > from && (bytes[from] != '0' || at == from + 1));
        return value;
    }

    /// Skips an object that has at least one member.
    void object() throws UncommonException {
        check(at + 1 < end && bytes[at] == '{' && bytes[at + 1] == '"');
        members(2); // the entry is the first container
    }

    private void members(int depth) throws UncommonException {
        check(depth <= CanonicalJson.DEPTH_MAX && skip('{'));
        if (skip('}')) {
            return;
        }
        Key key = null;
        do {
            key = key(key);
            value(depth);
        } while (skip(','));
        check(skip('}'));
    }

    private void items(int depth) throws UncommonException {
        check(depth <= CanonicalJson.DEPTH_MAX && skip('['));
        if (skip(']')) {
            return;
        }
        do {
            value(depth);
        } while (skip(','));
        check(skip(']'));
    }

    private void value(int depth) throws UncommonException {
        check(at < end);
        switch (bytes[at]) {
            case '"' -> string();
            case '{' -> members(depth + 1);
            case '[' -> items(depth + 1);
            case 't' -> expect("true");
            case 'f' -> expect("false");
            case 'n' -> expect("null");
            case '-' -> {
                at++;
                check(natural() > 0); // minus zero is written 0
            }
            default -> natural();
        }
    }
}
