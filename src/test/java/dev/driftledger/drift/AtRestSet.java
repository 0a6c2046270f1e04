package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import dev.driftledger.testkit.ServedKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The manifests under `drift/at-rest`, made apart for one applier, so that five of them can each
/// have a set of their own in one cluster.
final class AtRestSet {
    /// Cluster-scoped kinds whose names are not free.
    private static final Set<String> NAMED_BY_CONTENT =
            Set.of("CustomResourceDefinition", "APIService", "IPAddress");

    private AtRestSet() {}

    /// One manifest and where it goes.
    record Item(ObjectNode manifest, ServedKind kind, String namespace) {
        String name() {
            return manifest.path("metadata").path("name").asText();
        }

        String path() {
            return kind.path(namespace, name());
        }

        String collection() {
            return kind.collection(namespace);
        }
    }

    /// @param number 0 to 9, different for each applier
    static List<Item> of(String applier, int number, List<ServedKind> served) {
        String text = read("manifests.yaml") + "\n---\n" + read("more-manifests.yaml");
        String own =
                text.replace("billing.example", applier + "-billing.example")
                        .replace("x.example", applier + "-x.example")
                        .replace("30080", "3008" + number)
                        .replace("APPLIER", applier)
                        .replace("NUMBER", Integer.toString(number));
        List<Item> items = new ArrayList<>();
        for (ObjectNode manifest : Manifests.all(own)) {
            ServedKind kind = kind(manifest, served);
            if (kind == null) {
                String id = manifest.path("apiVersion").asText() + " " + manifest.path("kind");
                System.out.println("not served: " + id);
                continue;
            }
            manifest.put("apiVersion", kind.apiVersion());
            ObjectNode metadata = (ObjectNode) manifest.get("metadata");
            if (kind.namespaced()) {
                metadata.put("namespace", applier);
            } else if (!NAMED_BY_CONTENT.contains(kind.kind())) {
                metadata.put("name", metadata.path("name").asText() + "-" + applier);
            }
            items.add(new Item(manifest, kind, applier));
        }
        return items;
    }

    /// As it stands in the manifest, else in another version; null when the server has neither.
    private static @Nullable ServedKind kind(ObjectNode manifest, List<ServedKind> served) {
        ServedKind sibling = null;
        for (ServedKind each : served) {
            if (each.isOf(manifest)) {
                return each;
            }
            String group = manifest.path("apiVersion").asText().replaceFirst("/.*", "");
            if (each.group().equals(group)
                    && each.kind().equals(manifest.path("kind").asText())
                    && each.verbs().contains("create")) {
                sibling = each;
            }
        }
        return sibling;
    }

    private static String read(String file) {
        try (InputStream in = AtRestSet.class.getResourceAsStream("/drift/at-rest/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
