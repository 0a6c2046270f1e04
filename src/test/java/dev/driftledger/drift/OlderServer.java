package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.ApiClient;
import dev.driftledger.testkit.ServedKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes the manifests, which are written for one version of Kubernetes, fit for an older one: a
/// field that it does not know is taken out, an object that it still refuses is left out, and a
/// kind that it serves in one more version is written in that one too. A dry run tells.
final class OlderServer {
    private static final String WRITTEN_FOR = "v1.36.";
    private static final Pattern UNKNOWN = Pattern.compile("unknown field \"([^\"]+)\"");

    private final ApiClient client;
    private final Set<String> told = new TreeSet<>();

    private OlderServer(ApiClient client) {
        this.client = client;
    }

    static boolean is(ApiClient client) {
        return !version(client).startsWith(WRITTEN_FOR);
    }

    static String version(ApiClient client) {
        return client.get("/version").object().path("gitVersion").asText();
    }

    /// The items that the server takes, as it takes them, and what was left out of them.
    static List<AtRestSet.Item> fit(
            ApiClient client, List<AtRestSet.Item> items, List<ServedKind> served) {
        OlderServer server = new OlderServer(client);
        List<AtRestSet.Item> fitting = new ArrayList<>();
        for (AtRestSet.Item item : items) {
            server.take(item, fitting);
        }
        Set<String> covered =
                fitting.stream().map(item -> item.kind().id()).collect(Collectors.toSet());
        for (ServedKind kind : served) {
            for (AtRestSet.Item item : items) {
                if (!covered.contains(kind.id()) && isSibling(kind, item.kind())) {
                    server.take(written(item, kind), fitting);
                }
            }
        }
        server.told.forEach(line -> System.out.println(version(client) + ": " + line));
        return fitting;
    }

    private static boolean isSibling(ServedKind one, ServedKind other) {
        return one.group().equals(other.group())
                && one.kind().equals(other.kind())
                && one.verbs().contains("create");
    }

    private static AtRestSet.Item written(AtRestSet.Item item, ServedKind kind) {
        ObjectNode manifest = item.manifest().deepCopy();
        manifest.put("apiVersion", kind.apiVersion());
        ObjectNode metadata = (ObjectNode) manifest.get("metadata");
        metadata.put("name", item.name() + "-" + kind.version());
        return new AtRestSet.Item(manifest, kind, item.namespace());
    }

    private void take(AtRestSet.Item item, List<AtRestSet.Item> to) {
        ApiClient.Answer answer = dryRun(item);
        Matcher unknown = UNKNOWN.matcher(answer.isGood() ? "" : answer.message());
        while (unknown.find()) {
            told.add(item.kind().id() + " without " + unknown.group(1));
            remove(item.manifest(), unknown.group(1));
        }
        ApiClient.Answer again = dryRun(item);
        if (again.isGood() || again.message().contains("not found")) {
            to.add(item);
        } else {
            told.add("left out " + item.kind().id() + ": " + again.message());
        }
    }

    private ApiClient.Answer dryRun(AtRestSet.Item item) {
        String query = "?dryRun=All&fieldValidation=Strict";
        return client.send("POST", item.collection() + query, ApiClient.JSON, item.manifest());
    }

    /// Takes out what a path like `spec.containers[0].resources.claims` names.
    private static void remove(ObjectNode manifest, String path) {
        JsonNode at = manifest;
        String[] steps = path.replace("[", ".").replace("]", "").split("\\.", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            at = at instanceof ArrayNode ? at.path(Integer.parseInt(steps[i])) : at.path(steps[i]);
        }
        if (at instanceof ObjectNode object) {
            object.remove(steps[steps.length - 1]);
        }
    }
}
