package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Entries at the upper ends of the limits that shape them.
class LongBodiesTest {
    /// Each of these characters takes six bytes of JSON.
    private static final String DESIRED = "\\u0001".repeat(1360);

    private static final String LIVE = "\\u0002".repeat(1364);

    private static RecorderLimits limits(int valueMaxBytes, int problemsCount) {
        RecorderLimits preset = RecorderLimits.DEFAULT;
        return new RecorderLimits(
                preset.flapping(),
                valueMaxBytes,
                preset.formerCount(),
                preset.relatedCount(),
                preset.renderingsCount(),
                problemsCount,
                preset.tombstonesCount(),
                preset.tombstonesKept(),
                preset.auditsCount(),
                preset.auditsKept(),
                preset.largeCount(),
                preset.largePause());
    }

    private static JsonNode whole(Shop shop, Entry entry) throws IOException {
        return Json.parse(shop.log().blob(Objects.requireNonNull(entry.wholeBody())));
    }

    @Test
    void a_finding_whose_values_leave_its_entry_is_computed_again_the_same() throws IOException {
        // Given
        Shop shop = Shop.empty();
        shop.configured(Shop.settings(limits(8192, 20)));
        shop.seen(shop.live("cart", DESIRED, Shop.CI));
        shop.rendered("a", configMap("cart", DESIRED));

        // When
        Entry opened = shop.seen(shop.live("cart", LIVE, "kubectl-edit")).get(1);

        // Then
        assertThat(opened.type()).isEqualTo(EntryType.FINDING_OPENED);
        assertThat(opened.bytes()).hasSizeLessThanOrEqualTo(Chains.SOFT_MAX_BYTES);
        assertThat(body(opened).at("/owner/manager").asText()).isEqualTo("kubectl-edit");
        assertThat(body(opened).at("/live/size").asInt()).isEqualTo(8186);
        assertThat(whole(shop, opened).path("desired").asText()).hasSize(1360);
        assertThat(whole(shop, opened).path("live").asText()).hasSize(1364);
        assertThat(Recompute.check(shop.log().entries(), shop.log().blobs()))
                .anySatisfy(outcome -> assertThat(outcome.entry()).isEqualTo(opened.id()))
                .allSatisfy(outcome ->
                        assertThat(outcome.result())
                                .as(outcome.toString())
                                .isEqualTo(Recompute.Result.PASS));
    }

    @Test
    void a_whole_body_that_is_lost_is_said_to_be_lost() {
        // Given
        Shop shop = Shop.empty();
        shop.configured(Shop.settings(limits(8192, 20)));
        shop.seen(shop.live("cart", DESIRED, Shop.CI));
        shop.rendered("a", configMap("cart", DESIRED));
        Entry opened = shop.seen(shop.live("cart", LIVE, "kubectl-edit")).get(1);
        BlobSource stored = shop.log().blobs();
        Digest lost = Objects.requireNonNull(opened.wholeBody());

        // When
        List<Recompute.Outcome> outcomes =
                Recompute.check(
                        shop.log().entries(),
                        digest -> digest.equals(lost) ? null : stored.find(digest));

        // Then
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.entry().equals(opened.id()))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.result()).isEqualTo(Recompute.Result.NOT_CHECKED);
                    assertThat(outcome.detail()).isEqualTo("its whole body is not there");
                });
    }

    @Test
    void problems_too_many_for_an_entry_are_kept_beside_the_list_of_resources() throws IOException {
        // Given
        Shop shop = Shop.empty();
        shop.configured(Shop.settings(limits(2048, 200)));
        List<IntakeRecord.RenderProblem> problems = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            problems.add(new IntakeRecord.RenderProblem("f" + i + ".yaml", "x".repeat(500)));
        }

        // When
        shop.rendered("a", problems, false, configMap("cart", "1"));

        // Then
        Entry rendered = shop.log().entries(EntryType.DESIRED_RENDERED).getFirst();
        assertThat(rendered.bytes()).hasSizeLessThanOrEqualTo(Chains.SOFT_MAX_BYTES);
        assertThat(body(rendered).path("problemsCount").asInt()).isEqualTo(200);
        assertThat(body(rendered).path("problems").path("sha256").asText()).hasSize(64);
        assertThat(whole(shop, rendered).path("problems")).hasSize(200);
        assertThat(Json.parse(shop.log().blob(rendered)).get(0).path("file").asText())
                .isEqualTo("cart.yaml#1");
    }
}
