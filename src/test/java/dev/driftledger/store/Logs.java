package dev.driftledger.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.Integration;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One cluster's log in the making: says entries, and cuts what was said into batches.
final class Logs {
    static final Instant EPOCH = Instant.parse("2026-11-22T10:00:00Z");

    private final ClusterRef cluster;
    private final List<Entry> said = new ArrayList<>();
    private Frontier frontier = Frontier.EMPTY;
    private long offset = -1;
    private long seq;
    private @Nullable Digest prev;

    Logs(String uid) {
        this.cluster = new ClusterRef(uid, "name of " + uid);
    }

    ClusterRef cluster() {
        return cluster;
    }

    Frontier frontier() {
        return frontier;
    }

    long offset() {
        return offset;
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Instant second(long seconds) {
        return EPOCH.plusSeconds(seconds);
    }

    static Entry.Subject deployment(String name) {
        return new Entry.Subject("apps", "v1", "Deployment", "shop", name, "uid-" + name, "1");
    }

    Logs say(EntryType type, long second, Entry.@Nullable Subject subject, ObjectNode body) {
        Entry entry =
                new Entry(
                        Entry.VERSION,
                        type,
                        cluster.uid() + "-" + seq,
                        new Entry.Source("recorder", "1"),
                        seq,
                        prev,
                        second(second),
                        second(second),
                        cluster,
                        null,
                        subject,
                        new TreeMap<>(),
                        body,
                        null,
                        null,
                        null,
                        null);
        seq++;
        prev = Digest.of(entry.bytes());
        said.add(entry);
        return this;
    }

    Logs finding(EntryType type, long second, String finding, ObjectNode body) {
        body.put("finding", finding).put("class", "changed").put("application", "none:shop:cart");
        body.put("state", type == EntryType.FINDING_RESOLVED ? "resolved" : "open");
        body.put("openedAt", second(0).toString());
        body.putObject("owner").put("type", "human");
        return say(type, second, deployment("cart"), body);
    }

    Logs heartbeats(int count, long second) {
        for (int i = 0; i < count; i++) {
            say(EntryType.HEARTBEAT, second, null, body().put("typesCount", i));
        }
        return this;
    }

    /// What was said since the last batch, as decided on the records up to the next offset.
    Batch batch(Map<Digest, Decision.Blob> blobs, StateChange... changes) {
        List<Leaf> leaves = new ArrayList<>();
        for (Entry entry : said) {
            byte[] bytes = entry.bytes();
            leaves.add(new Leaf(entry, new ContentBytes(bytes), Hashing.leaf(bytes)));
        }
        List<Digest> hashes = leaves.stream().map(Leaf::hash).toList();
        Integration integration = Integration.append(frontier, hashes);
        Batch batch =
                new Batch(
                        cluster,
                        0,
                        offset,
                        offset + 10,
                        frontier.size(),
                        leaves,
                        integration.completed(),
                        new TreeMap<>(blobs),
                        List.of(changes));
        said.clear();
        frontier = integration.frontier();
        offset += 10;
        return batch;
    }
}
