package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.model.RecorderLimits;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import dev.driftledger.model.Revision;
import dev.driftledger.model.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small cluster with one application `shop`, told step by step; each step takes a second.
final class Shop {
    static final ApplicationId SHOP = new ApplicationId("none", "shop", "shop");
    static final ResourceType CONFIG_MAPS =
            new ResourceType("", "v1", "ConfigMap", "configmaps", true);
    static final ResourceType PODS = new ResourceType("", "v1", "Pod", "pods", true);
    static final ResourceType SERVICES = new ResourceType("", "v1", "Service", "services", true);
    static final List<ResourceType> TYPES = List.of(CONFIG_MAPS, PODS, SERVICES);
    static final String CI = "ci";

    private final MemoryLog log = new MemoryLog();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private int resourceVersion = 100;
    private @Nullable IgnoreRulesFile rules;

    /// Every type is watched; nothing was seen or rendered.
    static Shop empty() {
        return new Shop().watched(AppliedBy.Kind.MANAGER, CI);
    }

    /// The application's only resource, the ConfigMap `cart`, is applied and live.
    static Shop inSync() {
        Shop shop = empty();
        shop.seen(shop.live("cart", "1", CI));
        shop.rendered("a", configMap("cart", "1"));
        return shop;
    }

    MemoryLog log() {
        return log;
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    private Instant next() {
        now = now.plusSeconds(1);
        return now;
    }

    /// Settings, scope and a started watch of every type.
    Shop watched(AppliedBy.Kind kind, @Nullable String name) {
        configured(kind, name);
        scoped();
        TYPES.forEach(this::started);
        return this;
    }

    void configured(AppliedBy.Kind kind, @Nullable String name) {
        configured(settings(kind, name, RecorderLimits.DEFAULT));
    }

    List<Entry> configured(RecorderConfig settings) {
        return log.feed(new IntakeRecord.ConfigChanged(MemoryLog.CLUSTER, next(), settings));
    }

    /// Settings that `ci` applies the shop under.
    static RecorderConfig settings(RecorderLimits limits) {
        return settings(AppliedBy.Kind.MANAGER, CI, limits);
    }

    /// Settings without any application.
    static RecorderConfig nothing() {
        return new RecorderConfig(List.of(), Duration.ofMinutes(5), new TreeMap<>());
    }

    private static RecorderConfig settings(
            AppliedBy.Kind kind, @Nullable String name, RecorderLimits limits) {
        RecorderConfig.Application application =
                new RecorderConfig.Application(
                        SHOP,
                        "file:///shop.git",
                        "main",
                        "",
                        Duration.ofMinutes(10),
                        new AppliedBy(kind, name));
        return new RecorderConfig(
                List.of(application), Duration.ofMinutes(5), new TreeMap<>(), limits);
    }

    void scoped() {
        log.feed(
                new IntakeRecord.Scope(
                        MemoryLog.CLUSTER,
                        next(),
                        TYPES,
                        List.of(),
                        Duration.ofMinutes(2),
                        "v1.36.3"));
    }

    List<Entry> started(ResourceType type) {
        return log.feed(
                new IntakeRecord.WatchStarted(MemoryLog.CLUSTER, next(), type, "100", 0, false));
    }

    /// From the next revision on, git has these ignore rules: the rows of an `IgnoreRules`.
    void ruled(String... rows) {
        ObjectNode document =
                object(
                        """
                        {"apiVersion":"driftledger.dev/v1","kind":"IgnoreRules","rules":[%s]}
                        """
                                .formatted(String.join(",", rows)));
        ruled(new IgnoreRulesFile(".driftledger.yaml", List.of(document), List.of()));
    }

    /// From the next revision on, git has this file of ignore rules; null for none.
    void ruled(@Nullable IgnoreRulesFile file) {
        rules = file;
    }

    /// Renders a revision: ConfigMaps by name and value.
    List<Entry> rendered(String revision, ObjectNode... objects) {
        return rendered(revision, List.of(), false, objects);
    }

    List<Entry> rendered(
            String revision,
            List<IntakeRecord.RenderProblem> problems,
            boolean rewritten,
            ObjectNode... objects) {
        List<IntakeRecord.DesiredResource> resources = new ArrayList<>();
        for (ObjectNode object : objects) {
            log.feed(
                    new IntakeRecord.DesiredObject(
                            MemoryLog.CLUSTER, now, ObjectBytes.digest(object), object));
            resources.add(
                    new IntakeRecord.DesiredResource(
                            key(object),
                            "v1",
                            ObjectBytes.digest(object),
                            object.at("/metadata/name").asText() + ".yaml#1"));
        }
        ObjectNode ruling = rules == null ? null : rules.json();
        if (ruling != null) {
            log.feed(
                    new IntakeRecord.DesiredObject(
                            MemoryLog.CLUSTER, now, ObjectBytes.digest(ruling), ruling));
        }
        return log.feed(
                new IntakeRecord.DesiredRendered(
                        MemoryLog.CLUSTER,
                        next(),
                        SHOP,
                        new Revision(revision.repeat(40), "Dev <dev@example.com>", now, "a commit"),
                        List.of(),
                        resources,
                        problems,
                        rewritten,
                        ruling == null ? null : ObjectBytes.digest(ruling)));
    }

    static ObjectNode configMap(String name, String value) {
        return object(
                """
                {"apiVersion":"v1","kind":"ConfigMap",
                 "metadata":{"name":"%s","namespace":"shop"},"data":{"key":"%s"}}
                """
                        .formatted(name, value));
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ResourceKey key(ObjectNode object) {
        return new ResourceKey(
                "", object.path("kind").asText(), "shop", object.at("/metadata/name").asText());
    }

    /// A live ConfigMap as `ci` applied it and `manager` last changed its value.
    ObjectNode live(String name, String value, String manager) {
        return live(configMap(name, value), manager);
    }

    ObjectNode live(ObjectNode wanted, String manager) {
        ObjectNode live = wanted.deepCopy();
        resourceVersion++;
        ObjectNode metadata = (ObjectNode) live.get("metadata");
        metadata.put("uid", "uid-" + metadata.path("name").asText());
        metadata.put("resourceVersion", Integer.toString(resourceVersion));
        metadata.put("creationTimestamp", "2026-11-22T11:00:00Z");
        String fields = "{\"f:data\":{\".\":{},\"f:key\":{}}}";
        metadata.set(
                "managedFields",
                object(
                                """
                                {"list":[{"manager":"%s","operation":"%s","apiVersion":"v1",
                                 "time":"%s","fieldsType":"FieldsV1","fieldsV1":%s}]}
                                """
                                        .formatted(
                                                manager,
                                                manager.equals(CI) ? "Apply" : "Update",
                                                now.plusSeconds(1),
                                                fields))
                        .get("list"));
        return live;
    }

    List<Entry> seen(ObjectNode object) {
        return seen(CONFIG_MAPS, object);
    }

    List<Entry> seen(ResourceType type, ObjectNode object) {
        return log.feed(
                new IntakeRecord.ObjectObserved(
                        MemoryLog.CLUSTER, next(), type, object, "f", false));
    }

    List<Entry> deleted(ObjectNode object) {
        resourceVersion++;
        return log.feed(
                new IntakeRecord.ObjectDeleted(
                        MemoryLog.CLUSTER,
                        next(),
                        CONFIG_MAPS,
                        key(object),
                        object.at("/metadata/uid").asText(),
                        Integer.toString(resourceVersion),
                        null));
    }

    /// The audit log tells that the user wrote the ConfigMap now.
    List<Entry> audited(String name, String user) {
        return log.feed(
                new IntakeRecord.AuditObserved(
                        MemoryLog.CLUSTER, now, audit(name, user, "patch", now)));
    }

    static ObjectNode audit(String name, String user, String verb, Instant at) {
        return object(
                """
                {"stage":"ResponseComplete","auditID":"%s-%s","verb":"%s",
                 "user":{"username":"%s"},"responseStatus":{"code":200},
                 "objectRef":{"apiGroup":"","resource":"configmaps","namespace":"shop",
                 "name":"%s"},"stageTimestamp":"%s"}
                """
                        .formatted(user, at, verb, user, name, Rfc3339.format(at)));
    }

    List<Entry> heartbeat() {
        return log.feed(new IntakeRecord.Heartbeat(MemoryLog.CLUSTER, next(), new TreeMap<>(), 0));
    }

    /// The body of an entry that has one.
    /// The verdicts computed again as if a file of rules were empty.
    List<Recompute.Outcome> recomputedWithout(Digest file) {
        return Recompute.check(
                log.entries(),
                digest ->
                        digest.equals(file)
                                ? "{}".getBytes(StandardCharsets.UTF_8)
                                : log.blobs().find(digest));
    }

    static ObjectNode body(Entry entry) {
        return Objects.requireNonNull(entry.body(), () -> "entry " + entry.id() + " has no body");
    }

    /// Type, class and path of each finding entry.
    static List<String> findings(List<Entry> entries) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.body() != null && entry.body().has("finding")) {
                lines.add(
                        (entry.type().wireName()
                                        + " "
                                        + entry.body().path("class").asText()
                                        + " "
                                        + entry.body().path("path").asText())
                                .strip());
            }
        }
        return lines;
    }

    /// Verdict of the last snapshot and of each of its resources, `name=verdict`.
    List<String> snapshot() {
        Entry last = log.entries(dev.driftledger.ledger.EntryType.SNAPSHOT).getLast();
        List<String> lines = new ArrayList<>();
        lines.add(body(last).path("verdict").asText());
        try {
            Json.parse(log.blob(last))
                    .forEach(row ->
                            lines.add(
                                    ResourceKey.ofId(row.path("resource").asText()).name()
                                            + "="
                                            + row.path("verdict").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
