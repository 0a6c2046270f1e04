package dev.driftledger.recorder;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Delivery;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeOrigin;
import dev.driftledger.model.IntakeRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A log, its blobs and its state rows in memory, fed with intake records.
final class MemoryLog {
    static final ClusterRef CLUSTER =
            new ClusterRef("00000000-0000-4000-8000-000000000001", "test");

    private final ClusterRef cluster;
    private final Map<Digest, byte[]> blobs = new HashMap<>();
    private final Map<List<String>, StateChange> rows = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();
    private RecorderState state;

    MemoryLog() {
        this(CLUSTER);
    }

    MemoryLog(ClusterRef cluster) {
        this.cluster = cluster;
        this.state = RecorderState.of(cluster, List.of());
    }

    /// Feeds a record that was recorded when it was observed.
    List<Entry> feed(IntakeRecord record) {
        return feed(record, record.observedAt());
    }

    List<Entry> feed(IntakeRecord record, Instant recordedAt) {
        Decision decision = Recorder.decide(state, delivery(record, recordedAt), blobs::get);
        decision.blobs().forEach((digest, blob) -> blobs.put(digest, blob.content().bytes()));
        for (StateChange change : decision.changes()) {
            List<String> slot = List.of(change.part(), change.key());
            if (change.value() == null) {
                rows.remove(slot);
            } else {
                rows.put(slot, change);
            }
        }
        entries.addAll(decision.entries());
        decision.entries().forEach(e -> bytes.add(e.bytes()));
        return decision.entries();
    }

    /// The record as it would be delivered; its text stands for its bytes.
    static Delivery delivery(IntakeRecord record, Instant recordedAt) {
        byte[] value = record.toString().getBytes(StandardCharsets.UTF_8);
        return new Delivery(record, recordedAt, new IntakeOrigin("intake/0/0", value));
    }

    /// Forgets the state and loads it from its rows.
    void reload() {
        state = RecorderState.of(cluster, rows.values());
    }

    RecorderState state() {
        return state;
    }

    List<Entry> entries() {
        return entries;
    }

    List<Entry> entries(EntryType type) {
        return entries.stream().filter(e -> e.type() == type).toList();
    }

    /// All leaves, each in hex of its digest, so that a difference names its index.
    List<String> leaves() {
        return bytes.stream().map(b -> Digest.of(b).hex()).toList();
    }

    BlobSource blobs() {
        return blobs::get;
    }

    /// The content that an entry keeps in a blob.
    byte[] blob(Entry entry) {
        return blob(Objects.requireNonNull(entry.blob(), "entry has no blob").sha256());
    }

    byte[] blob(Digest digest) {
        byte[] content = blobs.get(digest);
        if (content == null) {
            throw new AssertionError("no blob " + digest);
        }
        return content;
    }
}
