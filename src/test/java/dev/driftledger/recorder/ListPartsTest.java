package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceList;
import dev.driftledger.model.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lists of resources that come in parts.
class ListPartsTest {
    private final Shop shop = Shop.inSync();
    private final List<IntakeRecord.DesiredPart> parts =
            List.of(part("bag", "cart"), part("stock"));

    private static IntakeRecord.DesiredPart part(String... names) {
        List<DesiredResource> resources = new ArrayList<>();
        for (String name : names) {
            ObjectNode object = configMap(name, "1");
            resources.add(
                    new DesiredResource(
                            Shop.key(object), "v1", ObjectBytes.digest(object), name + ".yaml#1"));
        }
        return new IntakeRecord.DesiredPart(
                MemoryLog.CLUSTER,
                Instant.parse("2026-11-22T12:00:30Z"),
                Shop.SHOP,
                ResourceList.digest(resources),
                resources);
    }

    private List<Entry> named(IntakeRecord.DesiredPart... named) {
        List<Digest> digests = new ArrayList<>();
        for (IntakeRecord.DesiredPart part : named) {
            digests.add(part.list());
        }
        return shop.log()
                .feed(
                        new IntakeRecord.DesiredRendered(
                                MemoryLog.CLUSTER,
                                Instant.parse("2026-11-22T12:00:31Z"),
                                Shop.SHOP,
                                new Revision("e".repeat(40), null, null, "many"),
                                digests,
                                List.of(),
                                List.of(),
                                false));
    }

    private List<Entry> named() {
        return named(parts.get(0), parts.get(1));
    }

    @Test
    void a_list_in_parts_is_the_same_as_a_list_in_one() {
        // When
        parts.forEach(shop.log()::feed);
        List<Entry> entries = named();
        // Then
        assertThat(shop.snapshot())
                .containsExactly("pending", "bag=pending", "cart=in-sync", "stock=pending");
        assertThat(body(entries.getFirst()).path("resourcesCount").asInt()).isEqualTo(3);
        assertThat(new String(shop.log().blob(entries.getFirst()), StandardCharsets.UTF_8))
                .contains("bag.yaml#1", "cart.yaml#1", "stock.yaml#1");
    }

    @Test
    void parts_alone_say_nothing() {
        int before = shop.log().entries().size();
        parts.forEach(shop.log()::feed);
        assertThat(shop.log().entries()).hasSize(before);
    }

    @Test
    void a_lost_part_leaves_the_list_before_in_force_and_is_said() {
        // When
        shop.log().feed(parts.get(0));
        List<Entry> entries = named();
        List<Entry> again = named();
        // Then
        assertThat(entries)
                .extracting(Entry::type)
                .startsWith(EntryType.DESIRED_STALE)
                .doesNotContain(EntryType.DESIRED_RENDERED);
        assertThat(body(entries.getFirst()).path("reason").asText())
                .contains("e".repeat(40), "of its 2 parts these did not come: [2]");
        assertThat(again).isEmpty();
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void a_lost_part_that_comes_later_with_the_record_makes_it_whole() {
        shop.log().feed(parts.get(0));
        named();
        shop.log().reload();
        shop.log().feed(parts.get(1));
        assertThat(named())
                .extracting(Entry::type)
                .startsWith(EntryType.DESIRED_FRESH, EntryType.DESIRED_RENDERED);
        assertThat(shop.snapshot()).hasSize(4);
    }

    @Test
    void parts_and_records_that_come_twice_count_once() {
        // Given
        parts.forEach(shop.log()::feed);
        parts.reversed().forEach(shop.log()::feed);
        named();
        int before = shop.log().entries().size();
        // When
        named();
        parts.forEach(shop.log()::feed);
        named();
        // Then
        assertThat(shop.log().entries()).hasSize(before);
    }

    @Test
    void parts_of_two_renderings_are_not_mixed() {
        // Given
        IntakeRecord.DesiredPart other = part("stock", "zoo");
        List.of(parts.get(0), other, parts.get(1)).forEach(shop.log()::feed);
        // When
        named();
        // Then
        assertThat(shop.snapshot()).hasSize(4).contains("stock=pending");
        assertThat(named(parts.get(0), other))
                .extracting(Entry::type)
                .contains(EntryType.DESIRED_STALE);
    }

    @Test
    void a_part_that_is_not_what_its_digest_says_is_malformed() {
        IntakeRecord.DesiredPart good = parts.get(0);
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.DesiredPart(
                                        good.cluster(),
                                        good.observedAt(),
                                        good.application(),
                                        parts.get(1).list(),
                                        good.resources()));
        assertThat(entries).extracting(Entry::type).containsExactly(EntryType.INTAKE_MALFORMED);
    }

    @Test
    void parts_that_make_no_sorted_list_are_malformed_and_change_nothing() {
        parts.forEach(shop.log()::feed);
        assertThat(named(parts.get(1), parts.get(0)))
                .extracting(Entry::type)
                .containsExactly(EntryType.INTAKE_MALFORMED);
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void whatever_is_lost_twice_or_late_the_log_is_the_same_again_and_never_has_half_a_list() {
        long seed = 11;
        for (int round = 0; round < 50; round++) {
            List<String> first = play(new Random(seed + round), false);
            List<String> again = play(new Random(seed + round), true);
            assertThat(again).as("seed %d round %d", seed, round).isEqualTo(first);
        }
    }

    private List<String> play(Random random, boolean reloading) {
        ListPartsTest fresh = new ListPartsTest();
        for (int step = 0; step < 12; step++) {
            int choice = random.nextInt(4);
            if (choice < 2) {
                fresh.shop.log().feed(fresh.parts.get(choice));
            } else if (choice == 2) {
                fresh.named();
            } else {
                fresh.shop.rendered("f", configMap("cart", "1"));
            }
            if (reloading) {
                fresh.shop.log().reload();
            }
            assertThat(fresh.shop.snapshot().size() - 1).isIn(1, 3);
        }
        for (Entry entry : fresh.shop.log().entries(EntryType.DESIRED_RENDERED)) {
            assertThat(body(entry).path("resourcesCount").asInt()).isIn(1, 3);
        }
        return fresh.shop.log().leaves();
    }
}
