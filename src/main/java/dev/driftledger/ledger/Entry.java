package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One leaf of a log: a statement that is never changed; a later one may supersede it.
///
/// Its bytes are canonical JSON (RFC 8785) with these components as keys; what is null or empty is
/// left out. Times are cut to milliseconds. The body must not be changed once it is in here.
///
/// @param v version of this format, 1
/// @param id 1 to 253 characters, unique in its log
/// @param seq position among the entries of its source, from 0, without holes
/// @param prev SHA-256 of the bytes of its source's previous entry; null exactly when `seq` is 0
/// @param observedAt when the sender saw it
/// @param recordedAt when it was recorded; never falls within a log
/// @param actor who did it; null when it is nobody's deed
/// @param subject what it is about; null when it is about the whole cluster
/// @param digests further content by name, such as `live` or `desired`; mostly blobs
/// @param body what it says; null when it says nothing more, or all of it is in the blob
/// @param blob content that is too big for an entry; null when there is none
/// @param correlation joins the entries of one incident; null when it stands alone
/// @param supersedes id of the entry that this one corrects; null when it corrects none
/// @param schema name of the body's schema; null when it has none
public record Entry(
        int v,
        EntryType type,
        String id,
        Source source,
        long seq,
        @Nullable Digest prev,
        Instant observedAt,
        Instant recordedAt,
        ClusterRef cluster,
        @Nullable Actor actor,
        @Nullable Subject subject,
        SortedMap<String, Digest> digests,
        @Nullable ObjectNode body,
        @Nullable BlobRef blob,
        @Nullable String correlation,
        @Nullable String supersedes,
        @Nullable String schema) {

    /// The version of the format that this program writes.
    public static final int VERSION = 1;

    /// How many bytes an entry may have, because its length is written in 16 bits.
    public static final int SIZE_MAX_BYTES = 65_535;

    /// The name, among the digests, of the blob that holds a body too long for its entry.
    public static final String WHOLE_BODY = "body";

    public Entry {
        if (v != VERSION) {
            throw new IllegalArgumentException("entry has v " + v + ", want " + VERSION);
        }
        if (id.isEmpty() || id.length() > 253) {
            throw new IllegalArgumentException(
                    "entry id has " + id.length() + " characters, want 1 to 253");
        }
        if (seq < 0 || (seq == 0) != (prev == null)) {
            throw new IllegalArgumentException(
                    "entry "
                            + id
                            + " has seq "
                            + seq
                            + " and prev "
                            + prev
                            + "; want prev exactly when seq is above 0");
        }
        observedAt = observedAt.truncatedTo(ChronoUnit.MILLIS);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /// Who recorded it.
    ///
    /// @param id such as `recorder`; the sequence is counted per id
    /// @param version of the program
    public record Source(String id, String version) {}

    /// Who did it, as far as something in the cluster or in git says so.
    ///
    /// @param kind `human`, `controller`, `reconciler`, `admission` or `unknown`
    /// @param ref user, field manager or commit author; null when unknown
    /// @param via what says so, such as `managedFields`, `audit` or `git`; null when nothing does
    /// @param confidence how sure that is, such as `high`, `low` or `none`
    public record Actor(
            String kind, @Nullable String ref, @Nullable String via, String confidence) {}

    /// Which object it is about.
    ///
    /// @param group API group, empty for the core group
    /// @param version API version, such as `v1`
    /// @param namespace empty for cluster-scoped objects
    /// @param uid null when there is no live object
    /// @param resourceVersion null when there is no live object
    public record Subject(
            String group,
            String version,
            String kind,
            String namespace,
            String name,
            @Nullable String uid,
            @Nullable String resourceVersion) {}

    /// Digest of the blob that holds the whole body; null when the entry itself does. A long body
    /// names its longest fields only by `{"sha256", "size"}`, and `scope` and `gap` entries that
    /// were written before there was that digest leave them out.
    public @Nullable Digest wholeBody() {
        boolean bare = type == EntryType.SCOPE || type == EntryType.GAP;
        Digest named = digests.get(WHOLE_BODY);
        return named == null && bare && blob != null ? blob.sha256() : named;
    }

    /// Content that lies beside the log.
    ///
    /// @param sha256 of the content
    /// @param size in bytes, 0 to 2^53−1
    /// @param mediaType such as `application/json`
    public record BlobRef(Digest sha256, long size, String mediaType) {}

    /// The canonical bytes, which are what the log hashes.
    ///
    /// @throws IllegalArgumentException when they are more than [#SIZE_MAX_BYTES], or the body
    ///     holds what canonical JSON cannot say
    public byte[] bytes() {
        return EntryJson.write(this);
    }

    /// Reads what [#bytes()] wrote, and nothing else.
    ///
    /// @throws IllegalArgumentException when the bytes are no entry or not canonical, naming the
    ///     field
    public static Entry parse(byte[] bytes) {
        return EntryJson.read(bytes);
    }
}
