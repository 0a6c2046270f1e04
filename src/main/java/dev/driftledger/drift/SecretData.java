package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// A Secret as the API server stores it: `stringData` merged over `data`, null as empty text.
final class SecretData {
    /// How redacted values begin; they stand for the decoded bytes and are kept as they are.
    private static final String FINGERPRINT = "hmac-sha256:";

    private SecretData() {}

    /// The same comparison with both sides as they are stored.
    static Comparison folded(Comparison comparison) {
        if (!isSecret(comparison.desired()) && !isSecret(comparison.live())) {
            return comparison;
        }
        ObjectNode again = comparison.again();
        return comparison
                .withSides(
                        folded(comparison.desired()),
                        folded(comparison.live()),
                        comparison.formerDesired())
                .withAgain(again == null ? null : folded(again));
    }

    /// The same manifest with everything in `data`; the manifest itself when it is no Secret or
    /// has nothing to fold.
    private static ObjectNode folded(ObjectNode manifest) {
        if (!isSecret(manifest)) {
            return manifest;
        }
        ObjectNode folded = manifest.objectNode();
        ObjectNode data = manifest.objectNode();
        manifest.properties().forEach(e -> folded.set(e.getKey(), e.getValue()));
        put(manifest.path("data"), data, false);
        put(manifest.path("stringData"), data, true);
        folded.remove("stringData");
        folded.set("data", data);
        return folded;
    }

    /// Whether it is a Secret with something to fold.
    private static boolean isSecret(ObjectNode manifest) {
        return manifest.path("kind").asText().equals("Secret")
                && manifest.path("apiVersion").asText().equals("v1")
                && (manifest.has("stringData") || manifest.has("data"));
    }

    private static void put(JsonNode from, ObjectNode data, boolean clear) {
        for (Map.Entry<String, JsonNode> each : from.properties()) {
            JsonNode value = each.getValue();
            if (value.isNull()) {
                data.put(each.getKey(), "");
            } else if (clear && value.isTextual() && !value.asText().startsWith(FINGERPRINT)) {
                data.put(each.getKey(), encoded(value.asText()));
            } else {
                data.set(each.getKey(), value);
            }
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
