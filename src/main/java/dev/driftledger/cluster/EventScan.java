package dev.driftledger.cluster;

import dev.driftledger.cluster.JsonCursor.BrokenJson;
import java.nio.charset.StandardCharsets;

/// Reads one event of a watch, `{"type": …, "object": …}` in any order, without a tree.
///
/// After a failure, what was read before the break is still there.
final class EventScan {
    private static final byte[] TYPE = "type".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "object".getBytes(StandardCharsets.US_ASCII);

    private final ObjectScanner scanner;
    private final JsonCursor cursor = new JsonCursor();
    private byte[] buffer = new byte[0];
    private String type = "";
    private int objectFrom;
    private int objectTo;
    private boolean scanned;

    /// @param scanner reads the objects, but for those of ERROR events
    EventScan(ObjectScanner scanner) {
        this.scanner = scanner;
    }

    /// Reads an event; the buffer must not change while the result is used.
    void event(byte[] bytes, int from, int to) throws BrokenJson {
        begin(bytes, from, to);
        cursor.enter('{');
        while (cursor.nextMember()) {
            if (cursor.keyIs(TYPE)) {
                type = cursor.text();
            } else if (cursor.keyIs(OBJECT)) {
                object();
            } else {
                cursor.skip();
            }
        }
        if (objectFrom < 0) {
            throw new BrokenJson("want an event with an object");
        }
        if (!scanned && !type.equals("ERROR")) {
            cursor.reset(bytes, objectFrom, objectTo);
            scanner.scan(cursor, bytes);
        }
    }

    /// Reads an item of a list, as an ADDED event.
    void item(byte[] bytes, int from, int to) throws BrokenJson {
        begin(bytes, from, to);
        type = "ADDED";
        object();
    }

    /// Such as `ADDED`; empty when the event broke before it.
    String type() {
        return type;
    }

    /// The bytes that hold the object.
    byte[] buffer() {
        return buffer;
    }

    /// Where the object starts.
    int objectFrom() {
        return objectFrom;
    }

    /// Where the object ends.
    int objectTo() {
        return objectTo;
    }

    private void begin(byte[] bytes, int from, int to) {
        scanner.clear();
        cursor.reset(bytes, from, to);
        buffer = bytes;
        type = "";
        objectFrom = -1;
        objectTo = -1;
        scanned = false;
    }

    private void object() throws BrokenJson {
        objectFrom = cursor.position();
        if (type.isEmpty() || type.equals("ERROR")) {
            cursor.skip();
        } else {
            scanned = true;
            scanner.scan(cursor, buffer);
        }
        objectTo = cursor.position();
    }
}
