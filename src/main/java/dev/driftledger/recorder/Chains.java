package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives entries their place: each source numbers its own and names its previous one.
final class Chains {
    /// Entries above this move their whole body to a blob and name their longest fields by digest.
    static final int SOFT_MAX_BYTES = 16 * 1024;

    /// What is kept free for all but the body.
    private static final int REST_BYTES = 4 * 1024;

    /// What naming a field by its digest takes.
    private static final int NAME_BYTES = 100;

    private static final long FIRST_SEQ = 0;
    private static final String JSON = "application/json";

    private Chains() {}

    static Entry next(Draft draft, Statement statement) {
        String source = statement.source().id();
        Row.Chain last = draft.state().chain(source);
        ObjectNode body = (ObjectNode) SafeJson.of(statement.body());
        byte[] whole = ObjectBytes.of(body);
        Entry entry = entry(draft, statement, last, new Content(body, statement.blob()));
        byte[] bytes = whole.length > SOFT_MAX_BYTES ? whole : entry.bytes();
        if (bytes.length > SOFT_MAX_BYTES) {
            Entry.BlobRef kept = draft.keep(JSON, whole);
            statement.digest(Entry.WHOLE_BODY, kept.sha256());
            Entry.BlobRef blob = statement.blob() == null ? kept : statement.blob();
            ObjectNode rest = shorter(body, bytes.length + REST_BYTES - SOFT_MAX_BYTES);
            entry = entry(draft, statement, last, new Content(rest, blob));
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

    /// The body with its longest fields named by digest, until it has that many bytes less or has
    /// none left that is longer than its name.
    private static ObjectNode shorter(ObjectNode body, int excess) {
        List<Field> fields = new ArrayList<>();
        body.properties().forEach(field -> fields.add(Field.of(field)));
        fields.sort(Comparator.comparingInt(Field::size).reversed().thenComparing(Field::name));
        ObjectNode kept = body.deepCopy();
        int left = excess;
        for (Field field : fields) {
            if (left > 0 && field.size() > NAME_BYTES) {
                kept.putObject(field.name())
                        .put("sha256", field.digest().hex())
                        .put("size", field.size());
                left -= field.size() - NAME_BYTES;
            }
        }
        return kept;
    }

    /// @param size in bytes of JSON
    private record Field(String name, Digest digest, int size) {
        static Field of(Map.Entry<String, JsonNode> field) {
            byte[] bytes = ObjectBytes.of(field.getValue());
            return new Field(field.getKey(), Digest.of(bytes), bytes.length);
        }
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
