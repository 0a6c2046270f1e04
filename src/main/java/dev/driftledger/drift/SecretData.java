package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Secret as the API server stores it: `stringData` merged over `data`.
///
/// A value of null is an empty text when an object is created or replaced, and takes the key away
/// when it is patched, as client-side apply and Helm do: it is whichever of both the other side
/// has.
final class SecretData {
    /// How redacted values begin; they stand for the decoded bytes and are kept as they are.
    private static final String FINGERPRINT = "hmac-sha256:";

    /// How the fingerprint of a null ends.
    private static final String NULL_MARK = ":null";

    private SecretData() {}

    /// The same comparison with both sides, and what was applied before, as they are stored.
    static Comparison folded(Comparison comparison) {
        if (!isSecret(comparison.desired()) && !isSecret(comparison.live())) {
            return comparison;
        }
        Comparison.Background known = comparison.background();
        ObjectNode again = known.again();
        JsonNode there = comparison.live().path("data");
        return new Comparison(
                folded(comparison.desired(), there),
                folded(comparison.live(), there),
                new Comparison.Background(
                        known.former().stream().map(each -> folded(each, there)).toList(),
                        known.applier(),
                        known.related(),
                        known.authors(),
                        again == null ? null : folded(again, there)),
                comparison.criteria());
    }

    /// Why values of two Secrets cannot be compared: they were replaced by fingerprints under
    /// different keys, as those of a recording were. Null when they can be.
    static @Nullable String incomparable(ObjectNode desired, ObjectNode live) {
        if (!isSecret(desired) || !isSecret(live)) {
            return null;
        }
        for (Map.Entry<String, JsonNode> each : desired.path("data").properties()) {
            String wanted = keyId(each.getValue());
            String found = keyId(live.path("data").path(each.getKey()));
            if (wanted != null && found != null && !wanted.equals(found)) {
                return "its values are fingerprints under different keys ("
                        + wanted
                        + " and "
                        + found
                        + "), which cannot be compared";
            }
        }
        return null;
    }

    private static @Nullable String keyId(JsonNode value) {
        String text = value.asText();
        int end = text.startsWith(FINGERPRINT) ? text.indexOf(':', FINGERPRINT.length()) : -1;
        return end < 0 ? null : text.substring(FINGERPRINT.length(), end);
    }

    /// The same manifest with everything in `data`; the manifest itself when it is no Secret or
    /// has nothing to fold.
    ///
    /// @param there the live side's data
    static ObjectNode folded(ObjectNode manifest, JsonNode there) {
        if (!isSecret(manifest)) {
            return manifest;
        }
        ObjectNode folded = manifest.objectNode();
        ObjectNode data = manifest.objectNode();
        manifest.properties().forEach(e -> folded.set(e.getKey(), e.getValue()));
        put(manifest.path("data"), data, there, false);
        put(manifest.path("stringData"), data, there, true);
        folded.remove("stringData");
        folded.set("data", data);
        return folded;
    }

    /// Whether it is a Secret with something to fold; what is no map is compared as it is.
    private static boolean isSecret(ObjectNode manifest) {
        JsonNode data = manifest.path("data");
        JsonNode texts = manifest.path("stringData");
        return isKind(manifest)
                && !(data.isMissingNode() && texts.isMissingNode())
                && isMapOrNothing(data)
                && isMapOrNothing(texts);
    }

    private static boolean isMapOrNothing(JsonNode node) {
        return node.isObject() || node.isNull() || node.isMissingNode();
    }

    private static boolean isKind(JsonNode object) {
        return object.path("kind").asText().equals("Secret")
                && object.path("apiVersion").asText().equals("v1");
    }

    /// What an entry of `managedFields` owns, as FieldsV1: after a server-side apply that is a key
    /// of `stringData`, which the API server keeps in `data`.
    static JsonNode owned(JsonNode object, JsonNode fields) {
        JsonNode texts = fields.path("f:stringData");
        if (texts.isEmpty() || !isKind(object)) {
            return fields;
        }
        ObjectNode folded = JsonNodeFactory.instance.objectNode();
        ObjectNode data = folded.objectNode();
        fields.properties().forEach(e -> folded.set(e.getKey(), e.getValue()));
        fields.path("f:data").properties().forEach(e -> data.set(e.getKey(), e.getValue()));
        texts.properties().forEach(e -> data.set(e.getKey(), e.getValue()));
        folded.remove("f:stringData");
        folded.set("f:data", data);
        return folded;
    }

    /// Whether the path is a key that stays when nobody owns it any more: a server-side apply of
    /// `stringData` without it does not take it out of `data`.
    static boolean outlivesItsOwner(JsonNode object, FieldPath path) {
        return isKind(object) && path.depth() == 2 && path.endsWith("data", path.text());
    }

    private static void put(JsonNode from, ObjectNode data, JsonNode there, boolean clear) {
        for (Map.Entry<String, JsonNode> each : from.properties()) {
            String key = each.getKey();
            String text = each.getValue().asText();
            boolean redacted = each.getValue().isTextual() && text.startsWith(FINGERPRINT);
            if (each.getValue().isNull() || (redacted && text.endsWith(NULL_MARK))) {
                data.remove(key);
                if (there.has(key)) {
                    data.put(key, redacted ? text.replace(NULL_MARK, "") : "");
                }
            } else if (clear && each.getValue().isTextual() && !redacted) {
                data.put(key, encoded(text));
            } else {
                data.set(key, each.getValue());
            }
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
