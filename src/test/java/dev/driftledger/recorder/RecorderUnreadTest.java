package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.IntakeRecord.RenderProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the recorder says of resources that stand in manifests which nobody read.
class RecorderUnreadTest {
    private static final List<RenderProblem> LATER =
            List.of(new RenderProblem("pay.yaml", "this and later files are not read"));
    private static final List<RenderProblem> NAMELESS =
            List.of(new RenderProblem("pay.yaml#1", "object has no kind", true));

    /// `cart` and `stock` are applied and live.
    private static Shop two() {
        Shop shop = Shop.inSync();
        shop.seen(shop.live("stock", "1", Shop.CI));
        shop.rendered("b", configMap("cart", "1"), configMap("stock", "1"));
        return shop;
    }

    @Test
    void what_no_file_names_while_others_were_not_read_is_unknown_with_the_reason() {
        // Given
        Shop shop = two();
        // When
        List<Entry> entries = shop.rendered("c", LATER, false, configMap("cart", "1"));
        // Then
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=in-sync", "stock=unknown");
        assertThat(findings(entries))
                .containsExactly("finding.opened unknown", "finding.opened unknown");
        assertThat(entries)
                .filteredOn(e -> e.type() == EntryType.FINDING_OPENED)
                .extracting(e -> body(e).path("reason").asText())
                .containsExactly(
                        "not all manifests were read: "
                                + "pay.yaml: this and later files are not read",
                        "may be named in what was not read: "
                                + "pay.yaml: this and later files are not read");
    }

    @Test
    void it_is_known_again_once_all_was_read() {
        // Given
        Shop shop = two();
        shop.rendered("c", LATER, false, configMap("cart", "1"));
        // When
        List<Entry> entries = shop.rendered("d", configMap("cart", "1"), configMap("stock", "1"));
        // Then
        assertThat(findings(entries))
                .containsExactly("finding.resolved unknown", "finding.resolved unknown");
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync", "stock=in-sync");
    }

    @Test
    void a_missing_folder_makes_everything_unknown_and_nothing_gone() {
        // Given
        Shop shop = two();
        // When
        shop.rendered("c", List.of(new RenderProblem("typo", "folder does not exist")), false);
        // Then
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown", "stock=unknown");
    }

    @Test
    void a_document_that_names_nothing_hides_nothing() {
        // Given
        Shop shop = two();
        // When
        shop.rendered("c", NAMELESS, false, configMap("cart", "1"));
        // Then
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=in-sync", "stock=pending");
    }

    @Test
    void a_document_that_names_nothing_is_said_to_be_why_the_verdict_is_unknown() {
        // Given
        Shop shop = Shop.inSync();
        List<RenderProblem> two = new ArrayList<>(NAMELESS);
        two.add(new RenderProblem("tax.yaml#1", "ConfigMap has no metadata.name", true));
        // When
        List<Entry> one = shop.rendered("b", NAMELESS, false, configMap("cart", "1"));
        List<Entry> more = shop.rendered("c", two, false, configMap("cart", "1"));
        List<Entry> none = shop.rendered("d", configMap("cart", "1"));
        // Then
        assertThat(findings(one)).containsExactly("finding.opened unknown");
        assertThat(reason(one, EntryType.FINDING_OPENED))
                .isEqualTo("not all manifests can be used: pay.yaml#1: object has no kind");
        assertThat(findings(more)).containsExactly("finding.updated unknown");
        assertThat(reason(more, EntryType.FINDING_UPDATED))
                .isEqualTo(
                        "not all manifests can be used: pay.yaml#1: object has no kind,"
                                + " and 1 more");
        assertThat(findings(none)).containsExactly("finding.resolved unknown");
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    private static String reason(List<Entry> entries, EntryType type) {
        return entries.stream()
                .filter(entry -> entry.type() == type)
                .map(entry -> body(entry).path("reason").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_was_not_read_is_named_before_what_names_nothing() {
        // Given
        Shop shop = Shop.inSync();
        List<RenderProblem> both = new ArrayList<>(NAMELESS);
        both.addAll(LATER);
        // When
        List<Entry> entries = shop.rendered("b", both, false, configMap("cart", "1"));
        // Then
        assertThat(reason(entries, EntryType.FINDING_OPENED))
                .isEqualTo(
                        "not all manifests were read: pay.yaml: this and later files are not read,"
                                + " and 1 more");
    }

    @Test
    void a_source_that_was_never_read_is_a_finding_until_it_is() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        // When
        List<Entry> never =
                shop.log()
                        .feed(
                                new IntakeRecord.DesiredStale(
                                        MemoryLog.CLUSTER,
                                        shop.now(),
                                        Shop.SHOP,
                                        null,
                                        "no such branch"));
        List<String> then = shop.snapshot();
        List<Entry> read = shop.rendered("a", configMap("cart", "1"));
        // Then
        assertThat(then).first().isEqualTo("unknown");
        assertThat(reason(never, EntryType.FINDING_OPENED))
                .isEqualTo("its source was never read: no such branch");
        assertThat(findings(read)).containsExactly("finding.resolved unknown");
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void a_deleted_object_that_no_file_names_is_unknown_and_not_missing() {
        // Given
        Shop shop = two();
        shop.rendered("c", LATER, false, configMap("cart", "1"));
        // When
        shop.deleted(shop.live("stock", "1", Shop.CI));
        // Then
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=in-sync", "stock=unknown");
    }

    @Test
    void a_live_object_that_may_be_named_in_an_unread_file_is_unknown_and_not_unmanaged() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.rendered("a", LATER, false, configMap("cart", "1"));
        ObjectNode odd = shop.live("odd", "1", "kubectl-create");
        // When
        List<Entry> unread = shop.seen(odd);
        List<String> between = shop.snapshot();
        List<Entry> read = shop.rendered("b", configMap("cart", "1"));
        // Then
        assertThat(findings(unread)).containsExactly("finding.opened unknown");
        assertThat(between).containsExactly("unknown", "cart=in-sync", "odd=unknown");
        assertThat(findings(read))
                .containsExactly(
                        "finding.resolved unknown",
                        "finding.resolved unknown",
                        "finding.opened unmanaged");
        assertThat(shop.snapshot()).contains("odd=unmanaged");
    }

    @Test
    void what_was_unmanaged_before_stays_so_while_a_file_cannot_be_read() {
        // Given
        Shop shop = Shop.inSync();
        shop.seen(shop.live("odd", "1", "kubectl-create"));
        // When
        List<Entry> entries = shop.rendered("b", LATER, false, configMap("cart", "1"));
        // Then
        assertThat(findings(entries)).containsExactly("finding.opened unknown");
        assertThat(shop.snapshot()).contains("odd=unmanaged");
    }

    @Test
    void a_revision_of_which_not_all_was_read_is_not_said_to_be_applied() {
        // Given
        Shop shop = Shop.inSync();
        int before = shop.log().entries(EntryType.SYNC_RECORDED).size();
        // When
        shop.rendered("b", LATER, false, configMap("cart", "1"));
        int unread = shop.log().entries(EntryType.SYNC_RECORDED).size();
        shop.rendered("c", configMap("cart", "1"));
        // Then
        assertThat(unread).isEqualTo(before);
        assertThat(shop.log().entries(EntryType.SYNC_RECORDED)).hasSize(before + 1);
    }
}
