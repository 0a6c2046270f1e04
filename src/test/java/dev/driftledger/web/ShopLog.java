package dev.driftledger.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.Integration;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import dev.driftledger.store.Batch;
import dev.driftledger.store.Leaf;
import dev.driftledger.store.LogStore;
import dev.driftledger.store.StoreFixture;
import dev.driftledger.store.StoredCheckpoint;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A database with a small shop's log, as the recorder leaves it, behind the service.
public final class ShopLog implements QuarkusTestResourceLifecycleManager {
    static final String ORIGIN = "test.example/log/" + Samples.CLUSTER.uid();
    static final long ENTRIES = 300;
    static final Instant OPENED = Samples.NOON.plusSeconds(20);

    private final TreeMap<Digest, Decision.Blob> blobs = new TreeMap<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private @Nullable StoreFixture store;
    private @Nullable Digest prev;

    @Override
    public Map<String, String> start() {
        StoreFixture started = StoreFixture.start();
        store = started;
        fill(started.logs());
        return Map.of(
                "quarkus.datasource.jdbc.url", started.postgres().jdbcUrl(),
                "quarkus.datasource.reactive.url", started.postgres().reactiveUrl(),
                "quarkus.datasource.username", "driftledger",
                "quarkus.datasource.password", "none",
                "driftledger.store.migrate-at-start", "false",
                "kafka.bootstrap.servers", "127.0.0.1:1",
                "quarkus.http.test-port", "0",
                "quarkus.management.test-port", "0",
                "driftledger.service.data-dir", "target/shop-log");
    }

    private void fill(LogStore logs) {
        StoreFixture.await(logs.load(Samples.CLUSTER, ORIGIN));
        say(EntryType.STARTUP, 0, null, "{'instance':'test','version':'1'}", null);
        say(
                EntryType.SCOPE,
                0,
                null,
                """
                {'watched':['/apis/apps/v1/deployments'],'excluded':[{'group':'','plural':'events',
                 'reason':'they expire'}],'silenceSeconds':90,'kubernetesVersion':'1.36.3'}
                """,
                null);
        say(
                EntryType.WATCH_STARTED,
                1,
                null,
                """
                {'path':'/apis/apps/v1/deployments','resourceVersion':'1','objectsCount':1,
                 'resumed':false}
                """,
                null);
        Entry.Subject cart = Samples.deployment("cart");
        say(
                EntryType.OBJECT_OBSERVED,
                2,
                cart,
                "{'application':'none:shop:cart','initial':true,'managers':['shop-ci']}",
                "{'kind':'Deployment'}");
        snapshot("in-sync", 10);
        say(EntryType.FINDING_OPENED, 20, cart, finding("open"), null);
        snapshot("drifted", 20);
        while (leaves.size() < ENTRIES) {
            say(EntryType.HEARTBEAT, 30, null, "{'typesCount':1,'eventsCount':0}", null);
        }
        append(logs);
    }

    private static String finding(String state) {
        ObjectNode body = Samples.finding(0, state, "spec.replicas", "2", "5").entry().body();
        if (body == null) {
            throw new AssertionError("a finding has a body");
        }
        return body.toString();
    }

    private void snapshot(String verdict, long second) {
        ObjectNode body = Samples.snapshot(0, "cart", verdict).entry().body();
        if (body == null) {
            throw new AssertionError("a snapshot has a body");
        }
        String rows =
                "[{'resource':'apps:Deployment:shop:cart','verdict':'%s','live':'%s'}]"
                        .formatted(verdict, Digest.of(new byte[] {1}).hex());
        say(EntryType.SNAPSHOT, second, null, body.toString(), rows);
    }

    private void say(
            EntryType type,
            long second,
            Entry.@Nullable Subject subject,
            String body,
            @Nullable String blob) {
        Instant at = Samples.NOON.plusSeconds(second);
        Entry entry =
                new Entry(
                        Entry.VERSION,
                        type,
                        "e" + leaves.size(),
                        new Entry.Source("recorder", "1"),
                        leaves.size(),
                        prev,
                        at,
                        at,
                        Samples.CLUSTER,
                        null,
                        subject,
                        new TreeMap<>(),
                        (ObjectNode) Samples.json(body),
                        blob == null ? null : keep(blob),
                        null,
                        null,
                        null);
        byte[] bytes = entry.bytes();
        prev = Digest.of(bytes);
        leaves.add(new Leaf(entry, new ContentBytes(bytes), Hashing.leaf(bytes)));
    }

    private Entry.BlobRef keep(String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        blobs.put(digest, new Decision.Blob("application/json", new ContentBytes(bytes)));
        return new Entry.BlobRef(digest, bytes.length, "application/json");
    }

    private void append(LogStore logs) {
        Integration integration =
                Integration.append(Frontier.EMPTY, leaves.stream().map(Leaf::hash).toList());
        StoreFixture.await(
                logs.append(
                        new Batch(
                                Samples.CLUSTER,
                                0,
                                -1,
                                10,
                                0,
                                leaves,
                                integration.completed(),
                                blobs,
                                List.of())));
        Digest root = integration.frontier().root();
        SigningKey key = SigningKey.generate(ORIGIN, new SecureRandom());
        Note note = Note.sign(new Checkpoint(ORIGIN, ENTRIES, root).text(), List.of(key));
        StoreFixture.await(
                logs.saveCheckpoint(
                        Samples.CLUSTER.uid(),
                        new StoredCheckpoint(
                                ENTRIES,
                                root,
                                new String(note.bytes(), StandardCharsets.UTF_8),
                                Samples.NOON.plusSeconds(40))));
    }

    @Override
    public void stop() {
        if (store != null) {
            store.close();
        }
    }
}
