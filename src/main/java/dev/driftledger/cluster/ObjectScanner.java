package dev.driftledger.cluster;

import dev.driftledger.cluster.JsonCursor.BrokenJson;
import dev.driftledger.model.ResourceType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Reads identity and fingerprint of objects out of their bytes, in one pass and without a tree.
///
/// The fingerprint is the first 16 bytes of an HMAC-SHA256 (keyed, because Secrets are read here
/// unredacted) over everything but: `kind` and `apiVersion` (lists leave them out; the type says
/// them), `metadata.resourceVersion`, of `metadata.managedFields` the times and the entries of
/// subresource `status`, and of `status` what the [StatusRule] leaves out. `metadata.generation`
/// counts: it moves with the spec alone. It depends on the order of keys and on white space, which
/// a server keeps stable; should they change, the object is observed once more, nothing else.
///
/// One instance serves one type and one thread. After [#scan] failed, what was read before the
/// break is still there.
final class ObjectScanner {
    private static final byte[] METADATA = ascii("metadata");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] KIND = ascii("kind");
    private static final byte[] API_VERSION = ascii("apiVersion");
    private static final byte[] NAME = ascii("name");
    private static final byte[] NAMESPACE = ascii("namespace");
    private static final byte[] UID = ascii("uid");
    private static final byte[] RESOURCE_VERSION = ascii("resourceVersion");
    private static final byte[] MANAGED_FIELDS = ascii("managedFields");
    private static final byte[] ANNOTATIONS = ascii("annotations");
    private static final byte[] INITIAL_EVENTS_END = ascii("k8s.io/initial-events-end");
    private static final byte[] TIME = ascii("time");
    private static final byte[] SUBRESOURCE = ascii("subresource");
    private static final byte[] IMAGE_ID = ascii("imageID");

    private final StatusRule rule;
    private final Mac mac;
    private byte[] bytes = new byte[0];

    private @Nullable String name;
    private @Nullable String namespace;
    private @Nullable String uid;
    private @Nullable String resourceVersion;
    private boolean initialEventsEnd;
    private Fingerprint16 fingerprint = Fingerprint16.ZERO;

    /// @param fingerprintKey any bytes, the same as long as fingerprints are to be comparable
    ObjectScanner(ResourceType type, byte[] fingerprintKey) {
        this.rule = StatusRule.of(type);
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            this.mac.init(new SecretKeySpec(fingerprintKey, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    /// Reads the object at which the cursor stands and moves behind it.
    void scan(JsonCursor cursor, byte[] buffer) throws BrokenJson {
        clear();
        bytes = buffer;
        cursor.enter('{');
        while (cursor.nextMember()) {
            if (cursor.keyIs(METADATA)) {
                metadata(cursor);
            } else if (cursor.keyIs(STATUS)) {
                status(cursor);
            } else if (cursor.keyIs(KIND) || cursor.keyIs(API_VERSION)) {
                cursor.skip();
            } else {
                feedMember(cursor);
            }
        }
        fingerprint = Fingerprint16.of(mac.doFinal());
    }

    /// Forgets what the last scan found.
    void clear() {
        mac.reset();
        name = null;
        namespace = null;
        uid = null;
        resourceVersion = null;
        initialEventsEnd = false;
    }

    /// Null when the object names none or the scan broke before it.
    @Nullable String name() {
        return name;
    }

    /// Empty when the object is cluster-scoped or the scan broke before it.
    String namespace() {
        return namespace == null ? "" : namespace;
    }

    /// Empty when the object has none.
    String uid() {
        return uid == null ? "" : uid;
    }

    /// Empty when the object has none.
    String resourceVersion() {
        return resourceVersion == null ? "" : resourceVersion;
    }

    /// Whether the object is the bookmark that ends a streamed list.
    boolean initialEventsEnd() {
        return initialEventsEnd;
    }

    /// Of the last scan that went through.
    Fingerprint16 fingerprint() {
        return fingerprint;
    }

    private void metadata(JsonCursor cursor) throws BrokenJson {
        if (!cursor.at('{')) {
            feedMember(cursor);
            return;
        }
        mac.update((byte) 'm');
        cursor.enter('{');
        while (cursor.nextMember()) {
            if (cursor.keyIs(MANAGED_FIELDS) && cursor.at('[')) {
                managedFields(cursor);
            } else if (cursor.keyIs(RESOURCE_VERSION)) {
                resourceVersion = cursor.text();
            } else {
                identity(cursor);
            }
        }
    }

    private void identity(JsonCursor cursor) throws BrokenJson {
        int start = cursor.memberStart();
        if (cursor.keyIs(NAME)) {
            name = cursor.text();
        } else if (cursor.keyIs(NAMESPACE)) {
            namespace = cursor.text();
        } else if (cursor.keyIs(UID)) {
            uid = cursor.text();
        } else if (cursor.keyIs(ANNOTATIONS) && cursor.at('{')) {
            annotations(cursor);
        } else {
            cursor.skip();
        }
        feed(start, cursor.position());
    }

    private void annotations(JsonCursor cursor) throws BrokenJson {
        cursor.enter('{');
        while (cursor.nextMember()) {
            initialEventsEnd |= cursor.keyIs(INITIAL_EVENTS_END);
            cursor.skip();
        }
    }

    private void managedFields(JsonCursor cursor) throws BrokenJson {
        mac.update((byte) 'f');
        cursor.enter('[');
        while (cursor.nextItem()) {
            if (cursor.at('{')) {
                managedFieldsEntry(cursor);
            } else {
                int start = cursor.position();
                cursor.skip();
                feed(start, cursor.position());
            }
        }
    }

    private void managedFieldsEntry(JsonCursor cursor) throws BrokenJson {
        int start = cursor.position();
        int timeStart = -1;
        int timeEnd = -1;
        boolean ofStatus = false;
        cursor.enter('{');
        while (cursor.nextMember()) {
            if (cursor.keyIs(TIME)) {
                timeStart = cursor.memberStart();
                cursor.skip();
                timeEnd = cursor.position();
            } else if (cursor.keyIs(SUBRESOURCE) && cursor.at('"')) {
                ofStatus = cursor.text().equals("status");
            } else {
                cursor.skip();
            }
        }
        if (ofStatus) {
            return;
        }
        if (timeStart < 0) {
            feed(start, cursor.position());
        } else {
            feed(start, timeStart);
            feed(timeEnd, cursor.position());
        }
    }

    private void status(JsonCursor cursor) throws BrokenJson {
        if (rule == StatusRule.WHOLE) {
            feedMember(cursor);
        } else if (rule == StatusRule.NONE || !cursor.at('{')) {
            cursor.skip();
        } else {
            cursor.enter('{');
            while (cursor.nextMember()) {
                if (!rule.counts(cursor)) {
                    cursor.skip();
                } else if (rule == StatusRule.POD_IMAGES && cursor.at('[')) {
                    images(cursor);
                } else {
                    feedMember(cursor);
                }
            }
        }
    }

    private void images(JsonCursor cursor) throws BrokenJson {
        feed(cursor.memberStart(), cursor.position());
        cursor.enter('[');
        while (cursor.nextItem()) {
            if (!cursor.at('{')) {
                cursor.skip();
                continue;
            }
            cursor.enter('{');
            while (cursor.nextMember()) {
                if (cursor.keyIs(IMAGE_ID) || cursor.keyIs(NAME)) {
                    feedMember(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private void feedMember(JsonCursor cursor) throws BrokenJson {
        int start = cursor.memberStart();
        cursor.skip();
        feed(start, cursor.position());
    }

    private void feed(int from, int to) {
        mac.update(bytes, from, to - from);
        mac.update((byte) 0);
    }

    private static byte[] ascii(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }
}
