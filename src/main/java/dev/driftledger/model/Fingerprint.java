package dev.driftledger.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns a confidential value into `hmac-sha256:<key id>:<64 hex digits>`, with an optional
/// `:<mark>` behind it when the value had not the form it should have.
///
/// Each part of the input is preceded by its length in four bytes, so that no two different lists
/// of parts give the same input.
final class Fingerprint {
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z._-]{1,64}");
    private static final int KEY_BYTES_MIN = 32;
    private static final String FORM = "[0-9a-f]{64}(:[a-z0-9-]{1,32})?";
    private static final Pattern ANY = Pattern.compile("hmac-sha256:" + KEY_ID + ":" + FORM);

    private final String prefix;
    private final SecretKeySpec key;
    private final Pattern shape;

    Fingerprint(String keyId, byte[] hmacKey) {
        if (!KEY_ID.matcher(keyId).matches()) {
            throw new IllegalArgumentException("key id must be 1 to 64 of [0-9A-Za-z._-]");
        }
        if (hmacKey.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "redaction key has " + hmacKey.length + " bytes, want at least 32");
        }
        prefix = "hmac-sha256:" + keyId + ":";
        key = new SecretKeySpec(hmacKey, "HmacSHA256");
        shape = Pattern.compile(Pattern.quote(prefix) + FORM);
    }

    /// Whether a text is a fingerprint made under this key id.
    boolean isOne(String text) {
        return shape.matcher(text).matches();
    }

    /// Whether a text is a fingerprint made under any key, as a recording holds them.
    static boolean isAny(String text) {
        return ANY.matcher(text).matches();
    }

    /// The fingerprint of a value in a place.
    ///
    /// @param place where it stands: scheme, cluster, object, key; in this order
    String of(List<String> place, byte[] value) {
        Mac mac = mac();
        for (String part : place) {
            feed(mac, part.getBytes(StandardCharsets.UTF_8));
        }
        feed(mac, value);
        return prefix + HexFormat.of().formatHex(mac.doFinal());
    }

    private static void feed(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every JDK has HmacSHA256 and takes any key for it", e);
        }
    }
}
