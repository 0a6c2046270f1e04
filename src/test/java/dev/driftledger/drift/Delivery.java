package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.testkit.ApiClient;
import dev.driftledger.testkit.KubeLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The five ways in which manifests come into a cluster, each as its tool does it.
enum Delivery {
    CLIENT_SIDE("client-side", "kubectl-client-side-apply") {
        @Override
        List<String> deliver(KubeLab lab, List<AtRestSet.Item> items, Path folder)
                throws IOException, InterruptedException {
            String file = file(items, folder);
            return refused(lab.kubectl("apply", UNCHECKED, "-n", label(), "-f", file));
        }
    },
    SERVER_SIDE("server-side", "ci") {
        @Override
        List<String> deliver(KubeLab lab, List<AtRestSet.Item> items, Path folder)
                throws IOException, InterruptedException {
            return refused(
                    lab.kubectl(
                            "apply",
                            UNCHECKED,
                            "--server-side",
                            "--field-manager=ci",
                            "-n",
                            label(),
                            "-f",
                            file(items, folder)));
        }
    },
    REPLACE("replaced", "kubectl-replace") {
        @Override
        List<String> deliver(KubeLab lab, List<AtRestSet.Item> items, Path folder)
                throws IOException, InterruptedException {
            String file = file(items, folder);
            List<String> refused =
                    refused(lab.kubectl("create", UNCHECKED, "-n", label(), "-f", file));
            if (refused.isEmpty()) {
                refused = refused(lab.kubectl("replace", UNCHECKED, "-n", label(), "-f", file));
            }
            return refused;
        }
    },
    /// Helm itself is no part of the build. Helm 3 creates as manager `helm`, and upgrades with a
    /// three-way merge patch: strategic for built-in kinds, JSON merge for others. Both are done
    /// here the same way, with its label and annotations, which the chart does not name. Helm 4
    /// uses server-side apply.
    HELM("helm", "helm") {
        @Override
        List<String> deliver(KubeLab lab, List<AtRestSet.Item> items, Path folder) {
            ApiClient client = lab.client(ClusterAccess.CI);
            List<String> refused = new ArrayList<>();
            for (AtRestSet.Item item : items) {
                ObjectNode first = item.manifest().deepCopy();
                chart(item.manifest(), "shop-2");
                chart(first, "shop-1");
                mark(first, label());
                check(refused, item, client.post(item.collection(), manager(), first));
            }
            for (AtRestSet.Item item : items) {
                ObjectNode target = item.manifest().deepCopy();
                mark(target, label());
                ObjectNode live = client.get(item.path()).object();
                boolean strategic = !NO_STRATEGY.contains(item.kind().group());
                ObjectNode patch = new HelmPatch(strategic).between(live, target);
                String type = strategic ? ApiClient.STRATEGIC : ApiClient.MERGE;
                check(refused, item, client.patch(item.path(), manager(), type, patch));
            }
            return refused;
        }
    },
    UPDATING("updated", "shop-operator") {
        @Override
        List<String> deliver(KubeLab lab, List<AtRestSet.Item> items, Path folder) {
            ApiClient client = lab.client(ClusterAccess.CI);
            List<String> refused = new ArrayList<>();
            for (AtRestSet.Item item : items) {
                check(refused, item, client.post(item.collection(), manager(), item.manifest()));
            }
            for (AtRestSet.Item item : items) {
                check(refused, item, update(client, item, manager()));
            }
            return refused;
        }
    };

    /// A key of a Secret may be null, which kubectl's own check does not like and the server does.
    private static final String UNCHECKED = "--validate=false";

    /// Groups whose kinds Helm does not know as Go types.
    private static final List<String> NO_STRATEGY =
            List.of("apiextensions.k8s.io", "apiregistration.k8s.io");

    private final String label;
    private final String manager;

    Delivery(String label, String manager) {
        this.label = label;
        this.manager = manager;
    }

    /// Name of the namespace, too.
    String label() {
        return label;
    }

    /// The field manager under which it writes last.
    String manager() {
        return manager;
    }

    /// Creates all objects and writes them once more.
    ///
    /// @return what the API server refused, a line each
    abstract List<String> deliver(KubeLab lab, List<AtRestSet.Item> items, Path folder)
            throws IOException, InterruptedException;

    private static String file(List<AtRestSet.Item> items, Path folder) throws IOException {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        ArrayNode objects = list.putArray("items");
        items.forEach(item -> objects.add(item.manifest()));
        Path file = Files.createTempFile(folder, "manifests", ".json");
        return Files.writeString(file, list.toString()).toString();
    }

    private static List<String> refused(KubeLab.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        outcome.lines().stream()
                .filter(line -> line.contains("rror") || line.contains("is invalid"))
                .forEach(lines::add);
        if (lines.isEmpty() && outcome.exitCode() != 0) {
            lines.addAll(outcome.lines());
        }
        return lines;
    }

    private static void check(List<String> refused, AtRestSet.Item item, ApiClient.Answer answer) {
        if (!answer.isGood()) {
            refused.add(item.kind().kind() + " " + item.name() + ": " + answer.message());
        }
    }

    private static void chart(ObjectNode manifest, String version) {
        ((ObjectNode) manifest.get("metadata"))
                .withObjectProperty("labels")
                .put("helm.sh/chart", version);
    }

    private static void mark(ObjectNode object, String release) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.withObjectProperty("labels").put("app.kubernetes.io/managed-by", "Helm");
        metadata.withObjectProperty("annotations")
                .put("meta.helm.sh/release-name", release)
                .put("meta.helm.sh/release-namespace", release);
    }

    /// Reads, puts the wanted fields over what is there, writes; again when somebody was quicker.
    private static ApiClient.Answer update(ApiClient client, AtRestSet.Item item, String manager) {
        ObjectNode live = client.get(item.path()).object();
        ApiClient.Answer answer = client.put(item.path(), manager, over(live, item.manifest()));
        for (int i = 0; i < 10 && answer.status() == 409; i++) {
            live = client.get(item.path()).object();
            answer = client.put(item.path(), manager, over(live, item.manifest()));
        }
        return answer;
    }

    private static ObjectNode over(ObjectNode live, ObjectNode wanted) {
        ObjectNode both = live.deepCopy();
        for (Map.Entry<String, JsonNode> each : wanted.properties()) {
            JsonNode there = both.get(each.getKey());
            boolean deeper = there instanceof ObjectNode && each.getValue() instanceof ObjectNode;
            both.set(
                    each.getKey(),
                    deeper
                            ? over((ObjectNode) there, (ObjectNode) each.getValue())
                            : each.getValue());
        }
        return both;
    }
}
