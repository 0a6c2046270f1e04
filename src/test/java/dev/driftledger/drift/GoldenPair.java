package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// A manifest and what a real API server made of it.
///
/// @param applier the field manager with which it was applied
record GoldenPair(String applier, ObjectNode desired, ObjectNode live) {
    private static final List<GoldenPair> ALL = read();

    /// All of them, which nobody may change.
    static List<GoldenPair> all() {
        return ALL;
    }

    private static List<GoldenPair> read() {
        try (InputStream file =
                        GoldenPair.class.getResourceAsStream("/drift/at-rest/pairs.jsonl.gz");
                InputStream in = new GZIPInputStream(file)) {
            List<GoldenPair> pairs = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                JsonNode each = Json.shared().readTree(line);
                pairs.add(
                        new GoldenPair(
                                each.path("applier").asText(),
                                (ObjectNode) each.path("desired"),
                                (ObjectNode) each.path("live")));
            }
            return List.copyOf(pairs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kind() {
        return desired.path("kind").asText();
    }

    /// Applier, kind and name, such as `ci Deployment rich`.
    String name() {
        return String.join(" ", applier, kind(), desired.path("metadata").path("name").asText());
    }

    /// The same with another live side.
    GoldenPair withLive(ObjectNode other) {
        return new GoldenPair(applier, desired, other);
    }

    Verdict judged(Schemas schemas) {
        return Comparator.compare(
                new Comparison(
                        desired,
                        live,
                        Comparison.Background.appliedBy(applier),
                        Comparison.Criteria.builtIn(schemas)));
    }
}
