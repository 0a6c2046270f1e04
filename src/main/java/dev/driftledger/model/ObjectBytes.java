package dev.driftledger.model;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The stored form of a Kubernetes object: JSON, keys sorted, no white space, numbers exact.
///
/// Unlike [CanonicalJson] it keeps integers beyond 2^53, because clusters hold them; blobs have
/// this form and object digests are taken over it.
public final class ObjectBytes {
    private static final JsonMapper WRITER =
            JsonMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build();

    private ObjectBytes() {}

    /// The bytes of an object.
    public static byte[] of(JsonNode object) {
        try {
            return WRITER.writeValueAsBytes(sorted(object));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a tree to memory", e);
        }
    }

    /// SHA-256 of [#of(JsonNode)].
    public static Digest digest(JsonNode object) {
        return Digest.of(of(object));
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            SortedMap<String, Object> map = new TreeMap<>();
            node.properties().forEach(e -> map.put(e.getKey(), sorted(e.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            node.forEach(item -> list.add(sorted(item)));
            return list;
        }
        return node;
    }
}
