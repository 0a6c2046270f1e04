package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.service.BundledSchemas;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a real API server made of a manifest of each built-in kind is never drift.
class AtRestTest {
    private static final Schemas SCHEMAS = BundledSchemas.load();

    /// What admission or a conversion adds: a Node starts tainted, volumes in use are protected,
    /// and autoscaling/v1 has its conditions in an annotation.
    private static final String BY_ADMISSION =
            "spec\\.taints|metadata\\.finalizers\\[kubernetes\\.io/.*-protection]"
                    + "|metadata\\.annotations\\[autoscaling\\.alpha\\.kubernetes\\.io/.*]";

    @Test
    void nothing_counts_at_rest() {
        assertThat(GoldenPair.all()).allSatisfy(AtRestTest::assertInSync);
    }

    @Test
    void five_ways_to_apply_are_covered_for_every_kind() {
        assertThat(GoldenPair.all().stream().map(GoldenPair::applier).distinct())
                .containsExactlyInAnyOrder(
                        "ci",
                        "helm",
                        "kubectl-client-side-apply",
                        "kubectl-replace",
                        "shop-operator");
        assertThat(GoldenPair.all().stream().map(GoldenPair::kind).distinct().count())
                .isGreaterThanOrEqualTo(58);
    }

    /// Changes one scalar that git names in each live object, many times over: each is found, at
    /// its path or above, and nothing else is.
    @Test
    @Tag("random")
    void every_changed_field_that_git_names_is_found() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int changes = 0;
        for (GoldenPair pair : GoldenPair.all()) {
            for (int round = 0; round < 8; round++) {
                ObjectNode live = pair.live().deepCopy();
                String changed = LeafChange.change(pair.desired(), live, random);
                if (changed == null) {
                    continue;
                }
                Verdict verdict = pair.withLive(live).judged(SCHEMAS);
                changes++;
                assertThat(verdict)
                        .as("seed %d, %s, %s", seed, pair.name(), changed)
                        .isInstanceOfSatisfying(
                                Verdict.Drifted.class,
                                v -> assertThat(v.differences()).hasSizeBetween(1, 2));
            }
        }
        assertThat(changes).isGreaterThan(500);
    }

    private static void assertInSync(GoldenPair pair) {
        // When
        Verdict verdict = pair.judged(SCHEMAS);

        // Then
        assertThat(verdict)
                .as(pair.name())
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
}
