package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/// Random objects made of the words that the engine looks for, in wrong places and wrong types.
public final class RandomJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> NAMES =
            List.of(
                    "spec",
                    "status",
                    "metadata",
                    "labels",
                    "annotations",
                    "managedFields",
                    "template",
                    "containers",
                    "env",
                    "name",
                    "value",
                    "image",
                    "ports",
                    "containerPort",
                    "protocol",
                    "resources",
                    "limits",
                    "cpu",
                    "replicas",
                    "selector",
                    "matchLabels",
                    "data",
                    "stringData",
                    "rules",
                    "aggregationRule",
                    "strategy",
                    "type",
                    "rollingUpdate",
                    "maxSurge",
                    "volumes",
                    "emptyDir",
                    "finalizers",
                    "ownerReferences",
                    "uid",
                    "manager",
                    "operation",
                    "fieldsV1",
                    "f:spec",
                    "f:replicas",
                    "k:{\"name\":\"a\"}",
                    "v:1",
                    ".",
                    "time",
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "",
                    "a.b/c",
                    "[x]");

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "b",
                    "1Gi",
                    "1000m",
                    "1e999999",
                    "1e99999999999",
                    "0",
                    "null",
                    "kubectl-edit",
                    "Apply",
                    "2026-01-01T00:00:00Z",
                    "{\"spec\":{}}",
                    "\u0000",
                    "\ud800",
                    "None");

    private static final List<String> KINDS =
            List.of(
                    "v1 Service",
                    "v1 Secret",
                    "v1 Pod",
                    "apps/v1 Deployment",
                    "v1 ConfigMap",
                    "apps/v1 StatefulSet",
                    "autoscaling/v2 HorizontalPodAutoscaler",
                    "rbac.authorization.k8s.io/v1 ClusterRole",
                    "x.example/v1 Thing",
                    " ");

    private RandomJson() {}

    /// An object with an API version and a kind.
    public static ObjectNode object(Random random, int depth) {
        ObjectNode object = fields(random, depth);
        String[] kind = KINDS.get(random.nextInt(KINDS.size())).split(" ", -1);
        return object.put("apiVersion", kind[0]).put("kind", kind[1]);
    }

    /// Replaces a few nodes by others.
    public static void spoil(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyStream().map(e -> e.getKey()).toList())) {
                boolean identity = name.equals("kind") || name.equals("apiVersion");
                if (!identity && random.nextInt(8) == 0) {
                    object.set(name, node(random, 2));
                } else {
                    spoil(object.get(name), random);
                }
            }
        } else {
            node.forEach(item -> spoil(item, random));
        }
    }

    private static ObjectNode fields(Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), node(random, depth - 1));
        }
        return object;
    }

    /// Any value.
    public static JsonNode node(Random random, int depth) {
        int choice = random.nextInt(depth > 0 ? 12 : 8);
        return switch (choice) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(5));
            case 3 -> JSON.numberNode(new BigDecimal("1e400"));
            case 4 -> JSON.numberNode(BigInteger.TWO.pow(90));
            case 5 -> JSON.numberNode(Double.NaN);
            case 6, 7 -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 8, 9 -> list(random, depth);
            default -> fields(random, depth);
        };
    }

    private static ArrayNode list(Random random, int depth) {
        ArrayNode list = JSON.arrayNode();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            list.add(node(random, depth - 1));
        }
        return list;
    }
}
