package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives entries their place: each source numbers its own and names its previous one.
final class Chains {
    /// Entries above this move what they can to a blob.
    static final int SOFT_MAX_BYTES = 16 * 1024;

    private static final long FIRST_SEQ = 0;
    private static final String JSON = "application/json";

    private Chains() {}

    static Entry next(Draft draft, Statement statement) {
        String source = statement.source().id();
        Row.Chain last = draft.state().chain(source);
        ObjectNode body = (ObjectNode) SafeJson.of(statement.body());
        Entry entry = entry(draft, statement, last, new Content(body, statement.blob()));
        byte[] bytes = entry.bytes();
        if (bytes.length > SOFT_MAX_BYTES) {
            Entry.BlobRef blob = statement.blob();
            if (blob == null) {
                blob = draft.keep(JSON, ObjectBytes.of(statement.body()));
            }
            entry = entry(draft, statement, last, new Content(scalars(body), blob));
            bytes = entry.bytes();
        }
        draft.put(Part.SOURCE, source, new Row.Chain(entry.seq(), Digest.of(bytes)));
        return entry;
    }

    private record Content(ObjectNode body, Entry.@Nullable BlobRef blob) {}

    private static Entry entry(
            Draft draft, Statement statement, Row.@Nullable Chain last, Content content) {
        String source = statement.source().id();
        long seq = last == null ? FIRST_SEQ : last.seq() + 1;
        return new Entry(
                Entry.VERSION,
                statement.type(),
                firstHalf(draft.state().cluster().uid(), source, Long.toString(seq)),
                new Entry.Source(source, Recorder.ENGINE_VERSION),
                seq,
                last == null ? null : last.last(),
                draft.observedAt(),
                draft.now(),
                draft.cluster(),
                statement.actor(),
                statement.subject(),
                statement.digests(),
                content.body(),
                content.blob(),
                statement.correlation(),
                null,
                null);
    }

    /// The fields that are short by nature; the rest is in the blob.
    private static ObjectNode scalars(ObjectNode body) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (field.getValue().isValueNode() && field.getValue().asText().length() <= 1024) {
                kept.set(field.getKey(), field.getValue());
            }
        }
        return kept;
    }

    /// First half of SHA-256 over the parts, each followed by a line feed: 32 hex digits.
    static String firstHalf(String... parts) {
        MessageDigest sha256 = Digest.sha256();
        for (String part : parts) {
            sha256.update(part.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, Digest.SIZE_BYTES / 2);
    }

    /// The seq that the recorder's next entry will have.
    static long nextSeq(Draft draft) {
        Row.Chain last = draft.state().chain(Statement.Source.RECORDER.id());
        return last == null ? FIRST_SEQ : last.seq() + 1;
    }
}
