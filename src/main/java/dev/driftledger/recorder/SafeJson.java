package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.model.CanonicalJson;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/// Values from outside, so that an entry can hold them: what canonical JSON cannot say becomes
/// text, what is long becomes its digest.
final class SafeJson {
    private static final int TEXT_MAX_CHARS = 2048;
    private static final int DEPTH_MAX = 60;
    private static final BigInteger INTEGER_MAX = BigInteger.valueOf(CanonicalJson.INTEGER_MAX);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SafeJson() {}

    /// The value itself when it has no more bytes, else `{"sha256", "size"}` of its stored form.
    static JsonNode cut(JsonNode value, int bytesMax) {
        byte[] bytes = ObjectBytes.of(value);
        if (bytes.length <= bytesMax) {
            return value;
        }
        return JSON.objectNode().put("sha256", Digest.of(bytes).hex()).put("size", bytes.length);
    }

    /// A tree that says the same and that canonical JSON can say.
    static JsonNode of(JsonNode value) {
        return of(value, 0);
    }

    private static JsonNode of(JsonNode value, int depth) {
        if (depth > DEPTH_MAX) {
            return cutDeep(value);
        }
        return switch (value.getNodeType()) {
            case OBJECT -> {
                ObjectNode copy = JSON.objectNode();
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    copy.set(text(field.getKey()), of(field.getValue(), depth + 1));
                }
                yield copy;
            }
            case ARRAY -> {
                ArrayNode copy = JSON.arrayNode(value.size());
                value.forEach(item -> copy.add(of(item, depth + 1)));
                yield copy;
            }
            case STRING -> TextNode.valueOf(text(value.textValue()));
            case NUMBER -> number(value);
            case BOOLEAN, NULL -> value;
            case BINARY, MISSING, POJO -> TextNode.valueOf(text(value.asText()));
        };
    }

    private static JsonNode cutDeep(JsonNode value) {
        return JSON.objectNode().put("sha256", ObjectBytes.digest(value).hex());
    }

    private static JsonNode number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().abs().compareTo(INTEGER_MAX) > 0
                    ? TextNode.valueOf(text(value.asText()))
                    : value;
        }
        double rounded = value.doubleValue();
        boolean exact =
                Double.isFinite(rounded)
                        && Math.abs(rounded) <= CanonicalJson.INTEGER_MAX
                        && new BigDecimal(Double.toString(rounded)).compareTo(value.decimalValue())
                                == 0;
        return exact ? value : TextNode.valueOf(text(value.asText()));
    }

    /// The text without unpaired surrogates and not longer than an entry can bear.
    static String text(String raw) {
        if (raw.length() <= TEXT_MAX_CHARS && raw.chars().noneMatch(SafeJson::surrogate)) {
            return raw;
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < raw.length() && out.length() < TEXT_MAX_CHARS) {
            int point = raw.codePointAt(i);
            if (point <= Character.MAX_VALUE && surrogate(point)) {
                out.append('\uFFFD');
            } else {
                out.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return i < raw.length() ? out.append('…').toString() : out.toString();
    }

    /// @throws RefusedException when a string has no UTF-8 form, because what is stored would not
    ///     be what was seen
    static void requireStorable(JsonNode value) {
        if (value.isTextual()) {
            requireStorable(value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            requireStorable(field.getKey());
            requireStorable(field.getValue());
        }
        if (value.isArray()) {
            value.forEach(SafeJson::requireStorable);
        }
    }

    private static void requireStorable(String text) {
        if (text.codePoints().anyMatch(SafeJson::surrogate)) {
            throw new RefusedException("a string has an unpaired surrogate");
        }
    }

    private static boolean surrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
