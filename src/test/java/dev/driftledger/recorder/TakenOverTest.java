package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Who sends a map that somebody else added to comes to own what it holds, and does not thereby
/// make it right.
final class TakenOverTest {
    private static final String OPENED = "finding.opened overlay data.added";
    private static final String RESOLVED = "finding.resolved overlay data.added";

    private final Shop shop = Shop.inSync();

    /// The ConfigMap with one more value, which this manager owns.
    private ObjectNode added(String value, String manager) {
        ObjectNode live = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) live.get("data")).put("added", value);
        ObjectNode entry =
                ((ArrayNode) live.at("/metadata/managedFields"))
                        .addObject()
                        .put("manager", manager)
                        .put("operation", "Update")
                        .put("time", shop.now().plusSeconds(1).toString());
        entry.putObject("fieldsV1").putObject("f:data").putObject("f:added");
        return live;
    }

    private void verdictsHold() {
        assertThat(Recompute.check(shop.log().entries(), shop.log().blobs()))
                .allMatch(each -> each.result() == Recompute.Result.PASS);
    }

    @Test
    void a_controller_that_sends_a_persons_value_again_ends_no_finding() {
        // Given
        List<Entry> opened = shop.seen(added("x", "kubectl-edit"));

        // When
        List<Entry> entries = shop.seen(added("x", "mesh-controller"));

        // Then
        assertThat(findings(opened)).containsExactly(OPENED);
        assertThat(findings(entries)).isEmpty();
        assertThat(shop.snapshot()).contains("cart=drifted");
        verdictsHold();
    }

    @Test
    void a_person_who_takes_out_their_own_entry_alone_ends_no_finding() {
        // Given
        shop.seen(added("x", "kubectl-edit"));
        ObjectNode laundered = added("x", "kubectl-edit");
        ((ArrayNode) laundered.at("/metadata/managedFields")).remove(1);

        // When
        List<Entry> entries = shop.seen(laundered);

        // Then
        assertThat(findings(entries)).isEmpty();
        assertThat(shop.snapshot()).contains("cart=drifted");
        verdictsHold();
    }

    @Test
    void it_stays_so_after_a_restart_and_whatever_is_settled_anew() {
        // Given
        shop.seen(added("x", "kubectl-edit"));
        shop.seen(added("x", "mesh-controller"));

        // When
        shop.log().reload();
        List<Entry> settled = shop.configured(Shop.settings(RecorderLimits.DEFAULT));
        List<Entry> entries = shop.seen(added("x", "shop-operator"));

        // Then
        assertThat(findings(settled)).isEmpty();
        assertThat(findings(entries)).isEmpty();
        verdictsHold();
    }

    @Test
    void a_value_of_the_controllers_own_ends_it() {
        // Given
        shop.seen(added("x", "kubectl-edit"));

        // When
        List<Entry> entries = shop.seen(added("y", "mesh-controller"));

        // Then
        assertThat(findings(entries)).containsExactly(RESOLVED);
        verdictsHold();
    }

    @Test
    void its_applier_that_took_it_over_without_naming_it_ends_no_finding() {
        // Given
        shop.rendered("b", Shop.configMap("cart", "1"));
        shop.seen(added("x", "kubectl-edit"));

        // When
        List<Entry> entries = shop.seen(added("x", Shop.CI));

        // Then
        assertThat(findings(entries)).isEmpty();
        assertThat(shop.snapshot()).contains("cart=drifted");
    }

    @Test
    void settings_that_trust_whoever_wrote_it_end_it() {
        // Given
        shop.seen(added("x", "widget"));
        shop.seen(added("x", "mesh-controller"));
        RecorderConfig old = Shop.settings(RecorderLimits.DEFAULT);
        RecorderConfig trusting =
                new RecorderConfig(
                        old.applications(),
                        old.snapshotInterval(),
                        new TreeMap<>(Map.of("widget", "controller")));

        // When
        List<Entry> entries = shop.configured(trusting);

        // Then
        assertThat(findings(entries)).containsExactly(RESOLVED);
        verdictsHold();
    }

    @Test
    void a_finding_that_follows_another_about_the_same_field_has_its_own_author() {
        // Given
        ObjectNode named = Shop.configMap("cart", "1");
        ((ObjectNode) named.get("data")).put("added", "g");
        shop.seen(added("x", "kubectl-edit"));
        shop.rendered("b", named);
        shop.seen(added("x", "kubectl-edit"));
        shop.rendered("c", Shop.configMap("cart", "1"));
        List<Entry> unnamed = shop.seen(added("x", "kubectl-edit"));

        // When
        List<Entry> entries = shop.seen(added("x", "mesh-controller"));
        shop.pass(Duration.ofHours(1));
        shop.heartbeat();

        // Then
        assertThat(findings(unnamed))
                .containsSubsequence(
                        "finding.updated overlay data.added",
                        "finding.resolved changed data.added");
        assertThat(findings(entries)).isEmpty();
        assertThat(shop.snapshot()).contains("cart=drifted");
        verdictsHold();
    }
}
