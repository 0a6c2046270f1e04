package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IgnoreRulesFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A rule that fails on one object: that one is judged without it, and nothing else is affected.
class FailingRulesTest {
    /// `cart` and `menu` are applied under a rule of Argo CD about all ConfigMaps, each with a
    /// value of its own, and then somebody edits both.
    private static Shop edited(String jq, String cart, String edited) {
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", cart, Shop.CI));
        shop.seen(shop.live("menu", "7", Shop.CI));
        ObjectNode application =
                Shop.object(
                        """
                        {"apiVersion":"argoproj.io/v1alpha1","kind":"Application",
                         "metadata":{"name":"shop"},
                         "spec":{"ignoreDifferences":[{"group":"","kind":"ConfigMap"}]}}
                        """);
        ObjectNode rule = (ObjectNode) application.at("/spec/ignoreDifferences/0");
        rule.putArray("jqPathExpressions").add(jq);
        rule.putArray("jsonPointers").add("/data/key/deeper/0");
        shop.ruled(new IgnoreRulesFile(".driftledger.yaml", List.of(application), List.of()));
        shop.rendered("a", configMap("cart", cart), configMap("menu", "7"));
        shop.seen(shop.live("cart", edited, "kubectl-edit"));
        shop.seen(shop.live("menu", "8", "kubectl-edit"));
        return shop;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                // Too many steps for the value of one object.
                ".data | select([range(0; (.key | tonumber))] != []) | .key @ 9000000 @ more than",
                // No number.
                ".data | select((.key | tonumber) > 0) | .key @ seven @ fails"
            })
    void it_hides_nothing_of_that_object_and_works_on_the_others(
            String jq, String cart, String why) {
        // Given
        Shop shop = edited(jq, cart, cart + "0");

        // When
        Entry problem =
                shop.log().entries(EntryType.FINDING_OPENED).stream()
                        .filter(e -> body(e).path("class").asText().equals("rule-problem"))
                        .findFirst()
                        .orElseThrow();

        // Then
        assertThat(findings(shop.log().entries()))
                .containsExactly(
                        "finding.opened changed data.key",
                        "finding.opened rule-problem argocd:shop/1/jq/1");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted", "menu=ignored");
        assertThat(body(problem).path("severity").asText()).isEqualTo("medium");
        assertThat(body(problem).path("reason").asText())
                .startsWith("it fails and hides nothing of ConfigMap shop/cart: ")
                .contains(why);
        assertThat(Recompute.check(shop.log().entries(), shop.log().blobs()))
                .noneMatch(outcome -> outcome.result() == Recompute.Result.FAIL);
    }

    @Test
    void it_is_a_problem_no_more_once_it_works_on_the_object() {
        // Given
        Shop shop = edited(".data | select((.key | tonumber) > 0) | .key", "7", "seven");
        List<String> failing = findings(shop.log().entries());

        // When
        List<Entry> mended = shop.seen(shop.live("cart", "9", "kubectl-edit"));

        // Then
        assertThat(failing).contains("finding.opened changed data.key");
        assertThat(findings(mended))
                .containsExactly(
                        "finding.resolved changed data.key",
                        "finding.resolved rule-problem argocd:shop/1/jq/1");
    }

    /// As in Argo CD: JSON Patch' `remove` of what is not there does nothing and is no failure.
    @Test
    void a_pointer_that_fits_nothing_in_an_object_is_no_problem() {
        // Given
        Shop shop = edited(".data.other", "1", "2");

        // When
        List<String> lines = findings(shop.log().entries());

        // Then
        assertThat(lines)
                .containsExactly(
                        "finding.opened changed data.key", "finding.opened changed data.key");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted", "menu=drifted");
    }
}
