package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A finding's life: it opens, gets worse, changes owner, comes back, and ends by somebody.
final class WhatChangedTest {
    private final Shop shop = Shop.inSync();

    private static List<String> changes(Entry entry) {
        List<String> names = new ArrayList<>();
        body(entry).path("changes").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static JsonNode resolution(List<Entry> entries) {
        Entry end =
                entries.stream()
                        .filter(e -> e.type() == EntryType.FINDING_RESOLVED)
                        .findFirst()
                        .orElseThrow();
        return body(end).path("resolution");
    }

    @Test
    void another_person_becomes_the_owner_of_the_same_finding() {
        // Given
        Entry opened = shop.seen(shop.live("cart", "2", "kubectl-edit")).get(1);

        // When
        List<Entry> entries = shop.seen(shop.live("cart", "3", "kubectl-patch"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.updated changed data.key");
        assertThat(entries.get(1).correlation()).isEqualTo(opened.correlation());
        assertThat(changes(entries.get(1))).containsExactly("owner", "live");
        assertThat(body(entries.get(1)).at("/owner/manager").asText()).isEqualTo("kubectl-patch");
    }

    @Test
    void another_user_of_the_same_tool_becomes_the_owner() {
        // Given
        ObjectNode first = shop.live("cart", "2", "kubectl-edit");
        shop.seen(first);
        shop.audited("cart", "alice");

        // When
        shop.pass(Duration.ofSeconds(60));
        Entry moved = shop.seen(shop.live("cart", "3", "kubectl-edit")).get(1);
        Entry named = shop.audited("cart", "bob").getFirst();

        // Then
        assertThat(changes(moved)).containsExactly("owner", "live");
        assertThat(body(moved).path("owner").has("user")).isFalse();
        assertThat(changes(named)).containsExactly("owner");
        assertThat(body(named).at("/owner/user").asText()).isEqualTo("bob");
    }

    @Test
    void an_audit_event_that_is_nearer_corrects_the_user() {
        // Given
        shop.seen(shop.live("cart", "2", "kubectl-edit"));
        shop.audited("cart", "alice");
        shop.pass(Duration.ofSeconds(2));
        Entry guessed = shop.seen(shop.live("cart", "3", "kubectl-edit")).get(1);

        // When
        List<Entry> entries = shop.audited("cart", "bob");

        // Then
        assertThat(body(guessed).at("/owner/user").asText()).isEqualTo("alice");
        assertThat(findings(entries)).containsExactly("finding.updated changed data.key");
        assertThat(body(entries.getFirst()).at("/owner/user").asText()).isEqualTo("bob");
    }

    @Test
    void a_head_that_waits_too_long_gets_worse() {
        // Given
        shop.rendered("b", configMap("cart", "2"));

        // When
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            shop.pass(Duration.ofMinutes(1));
            entries.addAll(shop.heartbeat());
        }

        // Then
        assertThat(findings(entries)).containsExactly("finding.updated pending");
        Entry worse =
                entries.stream()
                        .filter(e -> e.type() == EntryType.FINDING_UPDATED)
                        .findFirst()
                        .orElseThrow();
        assertThat(changes(worse)).containsExactly("worse");
        assertThat(body(worse).path("severity").asText()).isEqualTo("medium");
    }

    @Test
    void a_value_that_flips_five_times_is_one_finding_with_a_count() {
        // When
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            shop.pass(Duration.ofMinutes(1));
            entries.addAll(shop.seen(shop.live("cart", "2", "kubectl-edit")));
            shop.pass(Duration.ofMinutes(1));
            entries.addAll(shop.seen(shop.live("cart", "1", Shop.CI)));
        }

        // Then
        List<Entry> versions = entries.stream().filter(e -> body(e).has("finding")).toList();
        assertThat(versions.stream().map(Entry::correlation).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(findings(versions))
                .filteredOn(line -> line.startsWith("finding.opened"))
                .hasSize(1);
        assertThat(body(versions.getLast()).path("count").asInt()).isEqualTo(5);
        assertThat(changes(versions.get(2))).containsExactly("reopened");
    }

    @Test
    void an_observation_in_which_only_status_and_bookkeeping_changed_gives_no_entry() {
        // Given
        shop.seen(shop.live("cart", "2", "kubectl-edit"));
        ObjectNode again = shop.live("cart", "2", "kubectl-edit");
        again.putObject("status").put("phase", "Busy");

        // When
        List<Entry> entries = shop.seen(again);

        // Then
        assertThat(entries).isEmpty();
    }

    @Test
    void a_commit_that_wants_what_runs_resolves_by_its_author() {
        // Given
        shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // When
        List<Entry> entries = shop.rendered("b", configMap("cart", "2"));

        // Then
        JsonNode resolution = resolution(entries);
        assertThat(resolution.path("by").asText()).isEqualTo("commit");
        assertThat(resolution.path("user").asText()).isEqualTo("Dev <dev@example.com>");
        assertThat(resolution.path("revision").asText()).isEqualTo("b".repeat(40));
    }

    @Test
    void its_applier_a_person_or_a_deletion_resolves_by_name() {
        // Given
        shop.seen(shop.live("cart", "2", "kubectl-edit"));
        List<Entry> applied = shop.seen(shop.live("cart", "1", Shop.CI));
        shop.pass(Duration.ofMinutes(1));
        shop.seen(shop.live("cart", "3", "kubectl-edit"));
        List<Entry> reverted = shop.seen(shop.live("cart", "1", "kubectl-edit"));
        shop.pass(Duration.ofMinutes(1));
        ObjectNode last = shop.live("cart", "4", "kubectl-edit");
        shop.seen(last);

        // When
        List<Entry> deleted = shop.deleted(last);

        // Then
        assertThat(resolution(applied).path("by").asText()).isEqualTo("reconciler");
        assertThat(resolution(applied).path("manager").asText()).isEqualTo(Shop.CI);
        assertThat(resolution(reverted).path("by").asText()).isEqualTo("human");
        assertThat(resolution(reverted).path("manager").asText()).isEqualTo("kubectl-edit");
        assertThat(resolution(deleted).path("by").asText()).isEqualTo("deletion");
    }

    @Test
    void a_head_that_a_commit_takes_back_was_not_applied_by_anybody() {
        // Given
        shop.rendered("b", configMap("cart", "2"));

        // When
        List<Entry> entries = shop.rendered("c", configMap("cart", "1"));

        // Then
        assertThat(findings(entries)).contains("finding.resolved pending");
        assertThat(resolution(entries).path("by").asText()).isEqualTo("commit");
    }

    @Test
    void a_head_that_its_applier_wrote_was_applied_by_it() {
        // Given
        shop.rendered("b", configMap("cart", "2"));

        // When
        List<Entry> entries = shop.seen(shop.live("cart", "2", Shop.CI));

        // Then
        assertThat(resolution(entries).path("by").asText()).isEqualTo("reconciler");
        assertThat(resolution(entries).path("revision").asText()).isEqualTo("b".repeat(40));
    }

    @Test
    void two_thousand_autoscalers_of_one_object_are_named_by_one_list() {
        // Given
        Shop crowded = Shop.empty();
        crowded.seen(crowded.live("cart", "1", Shop.CI));
        for (int i = 0; i < 2000; i++) {
            crowded.seen(AUTOSCALERS, autoscaler(i));
        }
        crowded.rendered("a", configMap("cart", "1"));

        // When
        Entry opened = crowded.seen(crowded.live("cart", "2", "kubectl-edit")).get(1);

        // Then
        assertThat(opened.type()).isEqualTo(EntryType.FINDING_OPENED);
        assertThat(opened.bytes().length).isLessThan(2000);
        assertThat(opened.digests()).containsKey("related").doesNotContainKey("related1");
        String list =
                new String(
                        crowded.log().blob(Objects.requireNonNull(opened.digests().get("related"))),
                        StandardCharsets.UTF_8);
        assertThat(list.split(",")).hasSize(2000);
        assertThat(Recompute.check(crowded.log().entries(), crowded.log().blobs()))
                .filteredOn(o -> o.entry().equals(opened.id()))
                .extracting(Recompute.Outcome::result)
                .containsExactly(Recompute.Result.PASS);
    }

    @Test
    void verdicts_of_an_earlier_engine_are_not_checked_and_later_ones_still_hold() {
        // Given
        shop.seen(shop.live("cart", "2", "kubectl-edit"));
        List<Entry> entries = new ArrayList<>();
        shop.log().entries().forEach(entry -> entries.add(earlier(entry)));
        Entry updated = shop.seen(shop.live("cart", "3", "kubectl-edit")).get(1);
        entries.addAll(shop.log().entries().subList(entries.size(), shop.log().entries().size()));

        // When
        List<Recompute.Outcome> outcomes = Recompute.check(entries, shop.log().blobs());

        // Then
        assertThat(outcomes)
                .extracting(Recompute.Outcome::result)
                .contains(Recompute.Result.NOT_CHECKED)
                .doesNotContain(Recompute.Result.FAIL);
        assertThat(outcomes)
                .filteredOn(o -> o.entry().equals(updated.id()))
                .extracting(Recompute.Outcome::result)
                .containsExactly(Recompute.Result.PASS);
    }

    private static final dev.driftledger.model.ResourceType AUTOSCALERS =
            new dev.driftledger.model.ResourceType(
                    "autoscaling",
                    "v2",
                    "HorizontalPodAutoscaler",
                    "horizontalpodautoscalers",
                    true);

    private static ObjectNode autoscaler(int i) {
        return Shop.object(
                """
                {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
                 "metadata":{"name":"hpa-%d","namespace":"shop","uid":"u-%d",
                 "resourceVersion":"%d","ownerReferences":[{"kind":"X","name":"x"}]},
                 "spec":{"scaleTargetRef":{"apiVersion":"v1","kind":"ConfigMap","name":"cart"},
                 "minReplicas":1,"maxReplicas":%d}}
                """
                        .formatted(i, i, 10_000 + i, i + 2));
    }

    private static Entry earlier(Entry e) {
        return new Entry(
                e.v(),
                e.type(),
                e.id(),
                new Entry.Source(e.source().id(), "0.1.0"),
                e.seq(),
                e.prev(),
                e.observedAt(),
                e.recordedAt(),
                e.cluster(),
                e.actor(),
                e.subject(),
                e.digests(),
                e.body(),
                e.blob(),
                e.correlation(),
                e.supersedes(),
                e.schema());
    }
}
