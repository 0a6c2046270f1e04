package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.cluster.ClusterConnection;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.cluster.Known;
import dev.driftledger.cluster.WatchSettings;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.model.Redaction;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.testkit.ApiClient;
import dev.driftledger.testkit.KubeLab;
import dev.driftledger.testkit.Manifests;
import dev.driftledger.testkit.ServedKind;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A real cluster with two applications, watched by the real watch, judged by the recorder in
/// memory. `shop` is applied server-side as `ci`, which is known; `tools` client-side by kubectl,
/// and who applies it is not known.
final class RandomCluster implements AutoCloseable {
    private static final Set<String> CLUSTER_SCOPED_APPLICATION = Set.of("shop");
    private static final EdgeKey KEY =
            new EdgeKey(
                    "test", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final KubeLab lab;
    private final ApiClient client;
    private final List<Member> members = new ArrayList<>();
    private final SortedMap<String, JsonNode> documents;
    private final Map<String, SchemaNode> schemas = new HashMap<>();
    private final ClusterConnection connection;
    private final ClusterFeed feed;
    private final ClusterWatch watch;

    /// One applied object.
    ///
    /// @param applier the field manager that applies it
    record Member(String application, String applier, ServedKind kind, ObjectNode manifest) {
        String name() {
            return manifest.path("metadata").path("name").asText();
        }

        String path() {
            return kind.path(application, name());
        }

        String about() {
            return ClusterFeed.name(kind.kind(), kind.namespaced() ? application : null, name());
        }
    }

    /// Applies everything, watches it and renders it; returns once the recorder knows all.
    RandomCluster(KubeLab lab, Path folder) throws IOException, InterruptedException {
        this.lab = lab;
        client = lab.client(ClusterAccess.CI);
        List<ServedKind> served = ServedKind.all(client);
        read("shop", "ci", served);
        read("tools", "kubectl-client-side-apply", served);
        for (String application : List.of("shop", "tools")) {
            client.post("/api/v1/namespaces", "test", namespace(application)).object();
        }
        apply(folder);
        documents = KubeLab.openApi(client);
        connection =
                ClusterConnection.open(
                        "test",
                        Config.fromKubeconfig(
                                lab.access().kubeconfig(ClusterAccess.DRIFTLEDGER).toFile()));
        feed = new ClusterFeed(connection.ref());
        watch =
                new ClusterWatch(
                        connection,
                        Known.nothing(),
                        feed,
                        new ClusterWatch.Options(
                                WatchSettings.defaults(), KEY, List.of(), "test", "0"));
        watch.start();
        Set<String> needed = new TreeSet<>();
        members.forEach(m -> needed.add(document(m.kind())));
        await("the watch", () -> feed.isWatching(needed));
        configure();
        for (String application : List.of("shop", "tools")) {
            render(application);
        }
    }

    ApiClient client() {
        return client;
    }

    List<Member> members() {
        return members;
    }

    ClusterFeed feed() {
        return feed;
    }

    SchemaNode schema(ObjectNode object) {
        String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
        return schemas.computeIfAbsent(kind, _ -> SchemaNode.of(documents, object));
    }

    /// Waits until the recorder has taken this version of an object.
    void awaitSeen(ServedKind kind, ObjectNode object) {
        String type = kind.collection("").replace("/namespaces/", "");
        long version = object.path("metadata").path("resourceVersion").asLong();
        await(
                kind.kind() + " at " + version,
                () -> Long.parseLong(watch.resourceVersions().getOrDefault(type, "0")) >= version);
    }

    void awaitGone(String uid) {
        await("the deletion of " + uid, () -> feed.sawDeletion(uid));
    }

    @Override
    public void close() {
        watch.close();
        connection.close();
    }

    private void read(String application, String applier, List<ServedKind> served)
            throws IOException {
        try (InputStream in =
                RandomCluster.class.getResourceAsStream("/recorder/random/manifests.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (ObjectNode manifest : Manifests.all(text)) {
                ServedKind kind =
                        served.stream().filter(k -> k.isOf(manifest)).findFirst().orElseThrow();
                if (kind.namespaced()) {
                    ((ObjectNode) manifest.get("metadata")).put("namespace", application);
                }
                if (kind.namespaced() || CLUSTER_SCOPED_APPLICATION.contains(application)) {
                    members.add(new Member(application, applier, kind, manifest));
                }
            }
        }
    }

    private void apply(Path folder) throws IOException, InterruptedException {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.put("apiVersion", "v1").put("kind", "List").putArray("items");
        for (Member member : members) {
            if (member.application().equals("shop")) {
                client.apply(member.path(), "ci", member.manifest()).object();
            } else {
                items.add(member.manifest());
            }
        }
        Path file = Files.writeString(folder.resolve("tools.json"), list.toString());
        KubeLab.Outcome outcome = lab.kubectl("apply", "-f", file.toString());
        if (outcome.exitCode() != 0) {
            throw new AssertionError("kubectl apply: " + outcome.lines());
        }
    }

    private void configure() {
        List<RecorderConfig.Application> applications =
                List.of(
                        application("shop", new AppliedBy(AppliedBy.Kind.MANAGER, "ci")),
                        application("tools", new AppliedBy(AppliedBy.Kind.HEAD, null)));
        feed.send(
                new IntakeRecord.ConfigChanged(
                        connection.ref(),
                        Instant.now(),
                        new RecorderConfig(applications, Duration.ofHours(5), new TreeMap<>())));
    }

    private static RecorderConfig.Application application(String name, AppliedBy by) {
        return new RecorderConfig.Application(
                id(name), "file:///shop.git", "main", name, Duration.ofMinutes(10), by);
    }

    private static ApplicationId id(String name) {
        return new ApplicationId("none", name, name);
    }

    private void render(String application) {
        Redaction redaction = KEY.redaction(List.of());
        List<IntakeRecord.DesiredResource> resources = new ArrayList<>();
        for (Member member : members) {
            if (member.application().equals(application)) {
                ObjectNode desired =
                        redaction.redact(connection.ref(), member.manifest().deepCopy());
                feed.send(
                        new IntakeRecord.DesiredObject(
                                connection.ref(),
                                Instant.now(),
                                ObjectBytes.digest(desired),
                                desired));
                resources.add(
                        new IntakeRecord.DesiredResource(
                                key(member),
                                member.kind().apiVersion(),
                                ObjectBytes.digest(desired),
                                "all.yaml#1"));
            }
        }
        resources.sort(Comparator.comparing(IntakeRecord.DesiredResource::key));
        feed.send(
                new IntakeRecord.DesiredRendered(
                        connection.ref(),
                        Instant.now(),
                        id(application),
                        new Revision("a".repeat(40), "Dev <dev@example.com>", Instant.now(), "all"),
                        List.of(),
                        resources,
                        List.of(),
                        false));
    }

    private static ResourceKey key(Member member) {
        return new ResourceKey(
                member.kind().group(),
                member.kind().kind(),
                member.kind().namespaced() ? member.application() : "",
                member.name());
    }

    private static String document(ServedKind kind) {
        return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
    }

    private static void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited too long for " + what);
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted waiting for " + what, e);
            }
        }
    }

    private static ObjectNode namespace(String name) {
        return Manifests.one("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    }

    /// The live object; null when it is gone.
    @Nullable ObjectNode live(Member member) {
        return client.get(member.path()).body() instanceof ObjectNode object
                        && object.path("kind").asText().equals(member.kind().kind())
                ? object
                : null;
    }
}
