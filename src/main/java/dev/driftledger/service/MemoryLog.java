package dev.driftledger.service;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.intake.Received;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.store.Batch;
import dev.driftledger.store.Leaf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A log in memory, for replays without database and broker: records go through the same codec and
/// the same decisions, with the observed time as the recorded one.
public final class MemoryLog implements IntakeSink {
    private final List<Leaf> leaves = new ArrayList<>();
    private final SortedMap<Digest, ContentBytes> blobs = new TreeMap<>();
    private final LogHead head;
    private final String clusterUid;
    private long offset;
    private Instant recordedAt = Instant.EPOCH;

    /// An empty log.
    public MemoryLog(ClusterRef cluster) {
        this.clusterUid = cluster.uid();
        this.head =
                new LogHead(
                        RecorderState.of(cluster, List.of()), Frontier.EMPTY, -1, Long.MAX_VALUE);
    }

    @Override
    public synchronized CompletionStage<Void> send(IntakeRecord record) {
        byte[] bytes = IntakeCodec.encode(record);
        if (record.observedAt().isAfter(recordedAt)) {
            recordedAt = record.observedAt();
        }
        IntakeCodec.Envelope envelope =
                new IntakeCodec.Envelope("replay", 0, 1, offset, clusterUid, recordedAt);
        Received received = new Received(0, offset, IntakeCodec.decode(envelope, bytes));
        offset++;
        Batch batch = head.decide(List.of(received), this::find);
        if (batch != null) {
            leaves.addAll(batch.leaves());
            batch.blobs().forEach((digest, blob) -> blobs.put(digest, blob.content()));
        }
        return CompletableFuture.completedStage(null);
    }

    /// All entries, in order.
    public synchronized List<Entry> entries() {
        return leaves.stream().map(Leaf::entry).toList();
    }

    /// The bytes of all entries, in order.
    public synchronized List<ContentBytes> leafBytes() {
        return leaves.stream().map(Leaf::bytes).toList();
    }

    /// The tree over the entries.
    public synchronized Frontier frontier() {
        return head.frontier();
    }

    /// All content that entries refer to.
    public synchronized SortedMap<Digest, ContentBytes> blobs() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(blobs));
    }

    private byte @Nullable [] find(Digest digest) {
        ContentBytes content = blobs.get(digest);
        return content == null ? null : content.bytes();
    }
}
