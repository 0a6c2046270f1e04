package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.service.BundledSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What a real API server made of a manifest of each built-in kind is never drift.
class AtRestTest {
    private static final Schemas SCHEMAS = BundledSchemas.load();

    /// What admission or a conversion adds: a Node starts tainted, volumes in use are protected,
    /// and autoscaling/v1 has its conditions in an annotation.
    private static final String BY_ADMISSION =
            "spec\\.taints|metadata\\.finalizers\\[kubernetes\\.io/.*-protection]"
                    + "|metadata\\.annotations\\[autoscaling\\.alpha\\.kubernetes\\.io/.*]";

    @TestFactory
    List<DynamicTest> nothing_counts_at_rest() throws IOException {
        return pairs().stream()
                .map(pair -> DynamicTest.dynamicTest(name(pair), () -> assertInSync(pair)))
                .toList();
    }

    @Test
    void five_ways_to_apply_are_covered_for_every_kind() throws IOException {
        assertThat(pairs().stream().map(p -> p.path("applier").asText()).distinct())
                .containsExactlyInAnyOrder(
                        "ci",
                        "helm",
                        "kubectl-client-side-apply",
                        "kubectl-replace",
                        "shop-operator");
        assertThat(pairs().stream().map(AtRestTest::kind).distinct().count())
                .isGreaterThanOrEqualTo(58);
    }

    /// Changes one scalar that git names in each live object, many times over: each is found, at
    /// its path or above, and nothing else is.
    @Test
    @Tag("random")
    void every_changed_field_that_git_names_is_found() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int changes = 0;
        for (JsonNode pair : pairs()) {
            for (int round = 0; round < 8; round++) {
                ObjectNode live = pair.path("live").deepCopy();
                String changed = LeafChange.change(pair.path("desired"), live, random);
                if (changed == null) {
                    continue;
                }
                Verdict verdict = compare(pair, live);
                changes++;
                assertThat(verdict)
                        .as("seed %d, %s, %s", seed, name(pair), changed)
                        .isInstanceOfSatisfying(
                                Verdict.Drifted.class,
                                v -> assertThat(v.differences()).hasSizeBetween(1, 2));
            }
        }
        assertThat(changes).isGreaterThan(500);
    }

    private static void assertInSync(JsonNode pair) {
        // When
        Verdict verdict = compare(pair, (ObjectNode) pair.path("live"));

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.InSync.class,
                        v -> {
                            assertThat(v.certainty()).isEqualTo(Verdict.Certainty.SCHEMA);
                            assertThat(v.notes())
                                    .filteredOn(n -> n.rule().equals("admission"))
                                    .extracting(Difference::path)
                                    .allSatisfy(p -> assertThat(p).matches(BY_ADMISSION));
                        });
    }

    private static Verdict compare(JsonNode pair, ObjectNode live) {
        return Comparator.compare(
                new Comparison(
                        (ObjectNode) pair.path("desired"),
                        live,
                        List.of(),
                        pair.path("applier").asText(),
                        List.of(),
                        SCHEMAS,
                        ManagerTable.builtIn()));
    }

    private static String name(JsonNode pair) {
        return pair.path("applier").asText()
                + " "
                + kind(pair)
                + " "
                + pair.path("desired").path("metadata").path("name").asText();
    }

    private static String kind(JsonNode pair) {
        return pair.path("desired").path("kind").asText();
    }

    private static List<JsonNode> pairs() throws IOException {
        List<JsonNode> pairs = new ArrayList<>();
        try (InputStream file =
                        AtRestTest.class.getResourceAsStream("/drift/at-rest/pairs.jsonl.gz");
                InputStream in = new GZIPInputStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                pairs.add(Json.shared().readTree(line));
            }
        }
        return pairs;
    }
}
