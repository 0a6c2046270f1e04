package dev.driftledger.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/// Reads JSON from outside as trees: exact numbers, no duplicate keys, bounded depth and length.
public final class Json {
    /// How deep a document may nest before it is refused.
    public static final int DEPTH_MAX = 500;

    /// How the library names a document in the middle of a sentence.
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ([^\\]]*)]");

    private static final JsonMapper MAPPER = mapper();

    private Json() {}

    /// The one configured mapper; thread-safe, never reconfigure it.
    public static ObjectMapper shared() {
        return MAPPER;
    }

    /// Parses exactly one document.
    ///
    /// @throws IOException when the bytes are no JSON, have duplicate keys, trailing bytes, nest
    ///     deeper than [#DEPTH_MAX] or hold numbers of more than 1000 digits
    public static JsonNode parse(byte[] bytes) throws IOException {
        return parse(bytes, 0, bytes.length);
    }

    /// The same for a part of an array, which ends before `to`.
    public static JsonNode parse(byte[] bytes, int from, int to) throws IOException {
        try {
            return MAPPER.readTree(bytes, from, to - from);
        } catch (JsonProcessingException e) {
            throw located(e);
        } catch (NumberFormatException e) {
            throw noNumber(e);
        }
    }

    /// The same for a text.
    public static JsonNode parse(String text) throws JsonProcessingException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw located(e);
        } catch (NumberFormatException e) {
            throw noNumber(e);
        }
    }

    /// The library's words with line and column, without its note about the source.
    private static JsonParseException located(JsonProcessingException cause) {
        String words = SOURCE.matcher(cause.getOriginalMessage()).replaceAll("$1");
        JsonLocation at = cause.getLocation();
        if (at != null) {
            words += ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        }
        return new JsonParseException(null, words, cause);
    }

    /// What the library lets through for exponents beyond all bounds: `1e99999999999`.
    private static JsonParseException noNumber(NumberFormatException cause) {
        return new JsonParseException(null, "a number's exponent is out of range", cause);
    }

    private static JsonMapper mapper() {
        com.fasterxml.jackson.core.JsonFactory factory =
                com.fasterxml.jackson.core.JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(DEPTH_MAX)
                                        .maxStringLength(8 * 1024 * 1024)
                                        .maxNumberLength(1000)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                .build();
    }
}
