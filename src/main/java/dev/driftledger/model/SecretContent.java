package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Redacts the fields of one Secret: `data` decoded, `stringData` laid over it as the API server
/// does, unknown fields too, because a misspelt `stringData` is as confidential as a right one.
final class SecretContent {
    private static final Set<String> READABLE =
            Set.of("apiVersion", "kind", "metadata", "type", "immutable");
    private static final Base64.Decoder BASE64 = Base64.getDecoder();

    private final Fingerprint fingerprint;

    SecretContent(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /// Redacts in place.
    ///
    /// @param place what all fingerprints of this Secret are bound to
    /// @return whether anything changed
    boolean redact(List<String> place, ObjectNode secret) {
        JsonNode data = secret.get("data");
        JsonNode stringData = secret.remove("stringData");
        boolean changed = stringData != null;
        if (data != null || stringData != null) {
            JsonNode merged = merge(place, data, stringData);
            changed |= !merged.equals(data);
            if (data != null || !merged.isEmpty() || !merged.isContainerNode()) {
                secret.set("data", merged);
            }
        }
        List<String> names = new ArrayList<>();
        secret.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!READABLE.contains(name) && !name.equals("data")) {
                changed |= redactUnknown(place, secret, name);
            }
        }
        return changed;
    }

    private JsonNode merge(List<String> place, @Nullable JsonNode data, @Nullable JsonNode text) {
        if (isMalformed(data) || isMalformed(text)) {
            return JsonNodeFactory.instance.textNode("redacted: not a map");
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        if (data != null) {
            data.properties()
                    .forEach(e -> merged.put(e.getKey(), ofData(place, e.getKey(), e.getValue())));
        }
        if (text != null) {
            text.properties()
                    .forEach(e -> merged.put(e.getKey(), ofText(place, e.getKey(), e.getValue())));
        }
        return merged;
    }

    private static boolean isMalformed(@Nullable JsonNode map) {
        return map != null && !map.isObject() && !map.isNull();
    }

    private String ofData(List<String> place, String key, JsonNode value) {
        if (!value.isTextual()) {
            return ofText(place, key, value);
        }
        if (Fingerprint.isAny(value.textValue())) {
            return value.textValue(); // no base64 looks like that
        }
        byte[] decoded = decoded(value.textValue());
        return decoded == null
                ? marked(place, key, value, "invalid-base64")
                : fingerprint.of(at(place, key, "value"), decoded);
    }

    private String ofText(List<String> place, String key, JsonNode value) {
        if (value.isNull()) {
            return fingerprint.of(at(place, key, "value"), new byte[0]) + ":null";
        }
        return value.isTextual()
                ? fingerprint.of(at(place, key, "value"), utf8(value.textValue()))
                : marked(place, key, value, "not-text");
    }

    private boolean redactUnknown(List<String> place, ObjectNode secret, String name) {
        JsonNode value = secret.path(name);
        if (value.isTextual() && fingerprint.isOne(value.textValue())) {
            return false;
        }
        secret.put(name, marked(place, name, value, "unknown-field"));
        return true;
    }

    private String marked(List<String> place, String key, JsonNode value, String mark) {
        byte[] bytes = value.isTextual() ? utf8(value.textValue()) : ObjectBytes.of(value);
        return fingerprint.of(at(place, key, mark), bytes) + ":" + mark;
    }

    private static List<String> at(List<String> place, String key, String form) {
        List<String> where = new ArrayList<>(place);
        where.add(key);
        where.add(form);
        return where;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What Go's `base64.StdEncoding` reads: line breaks anywhere are skipped, padding is a must.
    private static byte @Nullable [] decoded(String text) {
        String joined = text.replace("\n", "").replace("\r", "");
        if (joined.length() % 4 != 0) {
            return null;
        }
        try {
            return BASE64.decode(joined);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
