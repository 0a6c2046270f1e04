package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.testkit.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One random change of an object, made in a copy that may then be sent in any form.
final class RandomEdit {
    /// What sort of change it is.
    enum Sort {
        SET,
        REMOVE,
        ADD_FIELD,
        ADD_ITEM,
        REORDER
    }

    private static final List<String> LEFT_ALONE =
            List.of("apiVersion", "kind", "metadata", "status");

    /// Other values of fields that take only a few.
    private static final List<List<String>> CHOICES =
            List.of(
                    List.of("Always", "IfNotPresent", "Never", "OnFailure"),
                    List.of("ClusterIP", "NodePort", "LoadBalancer"),
                    List.of("None", "ClientIP"),
                    List.of("TCP", "UDP", "SCTP"),
                    List.of("RollingUpdate", "OnDelete", "Recreate"),
                    List.of("Cluster", "Local"),
                    List.of("Exists", "Equal"),
                    List.of("NoSchedule", "NoExecute", "PreferNoSchedule"),
                    List.of("Forbid", "Allow", "Replace"),
                    List.of("ClusterFirst", "Default", "ClusterFirstWithHostNet"),
                    List.of("Retain", "Delete"),
                    List.of("File", "FallbackToLogsOnError"),
                    List.of("Prefix", "Exact", "ImplementationSpecific"),
                    List.of("Ignore", "Fail"),
                    List.of("get", "list", "watch", "delete"),
                    List.of("HTTP", "HTTPS"),
                    List.of("CREATE", "UPDATE", "DELETE"),
                    List.of("Equivalent", "Exact"));

    /// Fields that objects mostly leave out: beside which field, and what is put there.
    private static final Map<String, List<String>> ADDITIONS =
            Map.of(
                    "image",
                    List.of(
                            "{env: [{name: ADDED, value: '1'}]}",
                            "{args: [--added]}",
                            "{command: [sh]}",
                            "{workingDir: /added}",
                            "{tty: true}",
                            "{securityContext: {privileged: true}}",
                            "{readinessProbe: {tcpSocket: {port: 81}}}",
                            "{resources: {limits: {cpu: 2}}}",
                            "{ports: [{containerPort: 8081}]}"),
                    "containers",
                    List.of(
                            "{nodeSelector: {added: 'yes'}}",
                            "{hostNetwork: true}",
                            "{hostPID: true}",
                            "{serviceAccountName: added}",
                            "{priorityClassName: added}",
                            "{imagePullSecrets: [{name: added}]}",
                            "{automountServiceAccountToken: false}",
                            "{volumes: [{name: added, emptyDir: {}}]}",
                            "{hostAliases: [{ip: 192.0.2.9, hostnames: [added]}]}",
                            "{tolerations: [{operator: Exists}]}"),
                    "template",
                    List.of("{minReadySeconds: 5}", "{paused: true}"),
                    "clusterIP",
                    List.of("{externalIPs: [192.0.2.7]}", "{publishNotReadyAddresses: true}"),
                    "data",
                    List.of("{binaryData: {added: AAEC}}"),
                    "schedule",
                    List.of("{timeZone: Etc/UTC}", "{startingDeadlineSeconds: 30}"),
                    "minAvailable",
                    List.of("{unhealthyPodEvictionPolicy: AlwaysAllow}"),
                    "maxReplicas",
                    List.of("{behavior: {scaleDown: {stabilizationWindowSeconds: 60}}}"),
                    "metadata",
                    List.of("{automountServiceAccountToken: false}"));

    private final Random random;
    private final SchemaNode schema;
    private final ObjectNode object;

    /// One node of the object.
    ///
    /// @param at field names and indices from the root
    private record Spot(List<String> at, SchemaNode schema, JsonNode node, JsonNode parent) {}

    private RandomEdit(Random random, SchemaNode schema, ObjectNode object) {
        this.random = random;
        this.schema = schema;
        this.object = object;
    }

    /// A changed copy.
    ///
    /// @param at where, field names and indices from the root
    record Edited(Sort sort, List<String> at, ObjectNode object) {}

    /// Null when there is nothing of that sort to change.
    static @Nullable Edited make(Random random, SchemaNode schema, ObjectNode object, Sort sort) {
        ObjectNode copy = object.deepCopy();
        RandomEdit edit = new RandomEdit(random, schema, copy);
        List<String> at =
                switch (sort) {
                    case SET -> edit.set();
                    case REMOVE -> edit.remove();
                    case ADD_FIELD -> random.nextBoolean() ? edit.addKey() : edit.addField();
                    case ADD_ITEM -> edit.addItem();
                    case REORDER -> edit.reorder();
                };
        return at == null ? null : new Edited(sort, at, copy);
    }

    private @Nullable List<String> set() {
        Spot spot = pick(s -> s.node().isValueNode() && !s.node().isNull());
        return spot == null ? null : put(spot, other(spot.node()));
    }

    private @Nullable List<String> remove() {
        Spot spot = pick(s -> s.at().size() > (s.at().getFirst().equals("metadata") ? 2 : 0));
        if (spot == null) {
            return null;
        }
        String last = spot.at().getLast();
        if (spot.parent() instanceof ObjectNode parent) {
            parent.remove(last);
        } else {
            ((ArrayNode) spot.parent()).remove(Integer.parseInt(last));
        }
        return spot.at();
    }

    /// Adds an entry to a map, now and then one with an empty value.
    private @Nullable List<String> addKey() {
        Spot spot = pick(s -> s.schema().isMap() && s.node() instanceof ObjectNode);
        if (spot == null) {
            return null;
        }
        ObjectNode map = (ObjectNode) spot.node();
        String key = (random.nextBoolean() ? "added" : "added.example/k") + random.nextInt(100);
        JsonNode like = map.isEmpty() ? TextNode.valueOf("v") : map.elements().next();
        boolean empty = like.isTextual() && random.nextInt(4) == 0;
        map.set(key, empty ? TextNode.valueOf("") : like.deepCopy());
        return with(spot.at(), key);
    }

    private @Nullable List<String> addField() {
        List<String> beside = new ArrayList<>(ADDITIONS.keySet());
        beside.sort(null);
        String name = beside.get(random.nextInt(beside.size()));
        Spot spot =
                name.equals("metadata")
                        ? new Spot(List.of(), schema, object, object)
                        : pick(s -> s.node().isObject() && s.node().has(name));
        if (spot == null) {
            return null;
        }
        List<String> all = ADDITIONS.getOrDefault(name, List.of());
        ObjectNode fields = Manifests.one(all.get(random.nextInt(all.size())));
        Map.Entry<String, JsonNode> added = fields.properties().iterator().next();
        if (spot.node().has(added.getKey())
                || !spot.schema().schema().path("properties").has(added.getKey())) {
            return null;
        }
        ((ObjectNode) spot.node()).set(added.getKey(), added.getValue());
        return with(spot.at(), added.getKey());
    }

    private @Nullable List<String> addItem() {
        Spot spot = pick(s -> s.node().isArray() && !s.node().isEmpty());
        if (spot == null) {
            return null;
        }
        ArrayNode list = (ArrayNode) spot.node();
        JsonNode item = list.get(random.nextInt(list.size())).deepCopy();
        if (item instanceof ObjectNode fields) {
            fields.remove("nodePort");
            List<String> keys = new ArrayList<>(spot.schema().keys());
            if (fields.has("name") && !keys.contains("name")) {
                keys.add("name");
            }
            if (keys.isEmpty()) {
                fields.fieldNames().forEachRemaining(keys::add);
            }
            keys.removeIf(key -> !fields.path(key).isValueNode() || key.equals("protocol"));
            keys.forEach(key -> fields.set(key, other(fields.get(key))));
        } else {
            item = other(item);
        }
        list.add(item);
        return with(spot.at(), Integer.toString(list.size() - 1));
    }

    private @Nullable List<String> reorder() {
        Spot spot = pick(s -> s.node().size() > 1 && s.node().isArray());
        if (spot == null) {
            return null;
        }
        ArrayNode list = (ArrayNode) spot.node();
        int one = random.nextInt(list.size() - 1);
        JsonNode moved = list.remove(one);
        list.add(moved);
        return spot.at();
    }

    private List<String> put(Spot spot, JsonNode value) {
        String last = spot.at().getLast();
        if (spot.parent() instanceof ObjectNode parent) {
            parent.set(last, value);
        } else {
            ((ArrayNode) spot.parent()).set(Integer.parseInt(last), value);
        }
        return spot.at();
    }

    /// Another value of the same type.
    private JsonNode other(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.isBoolean()) {
            return nodes.booleanNode(!value.asBoolean());
        }
        if (value.isNumber()) {
            return nodes.numberNode(value.asLong() + 1 + random.nextInt(5));
        }
        String text = value.asText();
        for (List<String> choice : CHOICES) {
            if (choice.contains(text)) {
                int next = choice.indexOf(text) + 1 + random.nextInt(choice.size() - 1);
                return nodes.textNode(choice.get(next % choice.size()));
            }
        }
        if (text.matches("[0-9]+(m|Ki|Mi|Gi|Ti|%|s)?")) {
            String number = text.replaceFirst("[^0-9]+$", "");
            long more = Long.parseLong(number) + 1 + random.nextInt(9);
            return nodes.textNode(more + text.substring(number.length()));
        }
        if (text.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+(/[0-9]+)?")) {
            return nodes.textNode((11 + random.nextInt(80)) + text.substring(text.indexOf('.')));
        }
        return nodes.textNode(text + (random.nextBoolean() ? "x" : "-" + random.nextInt(10)));
    }

    private @Nullable Spot pick(java.util.function.Predicate<Spot> wanted) {
        List<Spot> spots = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!LEFT_ALONE.contains(each.getKey())) {
                collect(
                        new Spot(
                                List.of(each.getKey()),
                                schema.field(each.getKey()),
                                each.getValue(),
                                object),
                        spots);
            }
        }
        for (String name : List.of("labels", "annotations")) {
            ObjectNode metadata = (ObjectNode) object.get("metadata");
            if (metadata.get(name) instanceof ObjectNode map) {
                SchemaNode maps = schema.field("metadata").field(name);
                collect(new Spot(List.of("metadata", name), maps, map, metadata), spots);
            }
        }
        spots.removeIf(wanted.negate());
        return spots.isEmpty() ? null : spots.get(random.nextInt(spots.size()));
    }

    private static void collect(Spot spot, List<Spot> spots) {
        if (isSystem(spot.at().getLast())) {
            return;
        }
        spots.add(spot);
        for (Map.Entry<String, JsonNode> each : spot.node().properties()) {
            SchemaNode inner = spot.schema().field(each.getKey());
            List<String> at = with(spot.at(), each.getKey());
            collect(new Spot(at, inner, each.getValue(), spot.node()), spots);
        }
        for (int i = 0; spot.node().isArray() && i < spot.node().size(); i++) {
            List<String> at = with(spot.at(), Integer.toString(i));
            collect(new Spot(at, spot.schema().items(), spot.node().get(i), spot.node()), spots);
        }
    }

    /// Bookkeeping of the platform's own.
    private static boolean isSystem(String name) {
        return name.startsWith("deployment.kubernetes.io/")
                || name.startsWith("kubectl.kubernetes.io/")
                || name.startsWith("deprecated.daemonset.")
                || name.startsWith("pv.kubernetes.io/")
                || name.startsWith("volume.");
    }

    private static List<String> with(List<String> at, String name) {
        List<String> longer = new ArrayList<>(at);
        longer.add(name);
        return longer;
    }
}
