package dev.driftledger.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// Reads JSON from outside as trees: exact numbers, no duplicate keys, bounded depth and length.
public final class Json {
    /// How deep a document may nest before it is refused.
    public static final int DEPTH_MAX = 500;

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
        return MAPPER.readTree(bytes);
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
