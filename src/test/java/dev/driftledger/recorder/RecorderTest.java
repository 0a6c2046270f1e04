package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig.AppliedBy.Kind;
import dev.driftledger.model.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static Shop shop() {
        return new Shop().watched(Kind.MANAGER, Shop.CI);
    }

    private static Shop applied() {
        Shop shop = shop();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.rendered("a", configMap("cart", "1"));
        return shop;
    }

    @Test
    void an_applied_resource_that_is_live_and_equal_is_in_sync() {
        assertThat(applied().snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void a_changed_value_opens_a_finding_with_its_author() {
        // Given
        Shop shop = applied();

        // When
        List<Entry> entries = shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened changed data.key");
        Entry opened = entries.get(1);
        assertThat(body(opened).at("/owner/manager").asText()).isEqualTo("kubectl-edit");
        assertThat(opened.digests()).containsKeys("desired", "live", "rules");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted");
    }

    @Test
    void an_equal_observation_gives_no_entry() {
        // Given
        Shop shop = applied();
        ObjectNode same = shop.live("cart", "1", Shop.CI);
        shop.seen(same);

        // When
        ObjectNode status = same.deepCopy();
        ((ObjectNode) status.get("metadata")).put("resourceVersion", "900");
        status.putObject("status").put("ready", true);

        // Then
        assertThat(shop.seen(same)).isEmpty();
        assertThat(shop.seen(status)).isEmpty();
    }

    @Test
    void news_of_an_older_version_changes_nothing() {
        // Given
        Shop shop = applied();
        ObjectNode older = shop.live("cart", "0", "kubectl-edit");
        shop.seen(shop.live("cart", "1", Shop.CI));

        // Then
        assertThat(shop.seen(older)).isEmpty();
    }

    @Test
    void a_deleted_resource_is_missing_and_its_return_resolves_that() {
        // Given
        Shop shop = applied();

        // When
        List<Entry> gone = shop.deleted(shop.live("cart", "1", Shop.CI));
        ObjectNode again = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) again.get("metadata")).put("uid", "uid-2");
        List<Entry> back = shop.seen(again);

        // Then
        assertThat(findings(gone)).containsExactly("finding.opened missing");
        assertThat(findings(back)).containsExactly("finding.resolved missing");
        assertThat(body(back.get(1)).at("/resolution/by").asText()).isEqualTo("reconciler");
    }

    @Test
    void a_finding_that_comes_back_within_ten_minutes_continues() {
        // Given
        Shop shop = applied();
        Entry opened = shop.seen(shop.live("cart", "2", "kubectl-edit")).get(1);
        shop.seen(shop.live("cart", "1", Shop.CI));

        // When
        List<Entry> again = shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // Then
        assertThat(findings(again)).containsExactly("finding.updated changed data.key");
        assertThat(again.get(1).correlation()).isEqualTo(opened.correlation());
        assertThat(body(again.get(1)).path("count").asInt()).isEqualTo(2);
    }

    @Test
    void a_finding_that_comes_back_later_is_another() {
        // Given
        Shop shop = applied();
        Entry opened = shop.seen(shop.live("cart", "2", "kubectl-edit")).get(1);
        shop.seen(shop.live("cart", "1", Shop.CI));
        for (int i = 0; i < 11; i++) {
            shop.pass(Duration.ofMinutes(1));
            shop.heartbeat();
        }

        // When
        List<Entry> again = shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // Then
        assertThat(findings(again)).containsExactly("finding.opened changed data.key");
        assertThat(again.get(1).correlation()).isNotEqualTo(opened.correlation());
    }

    @Test
    void a_new_head_is_pending_until_the_manager_wrote_it() {
        // Given
        Shop shop = applied();

        // When
        List<Entry> head = shop.rendered("b", configMap("cart", "2"), configMap("news", "1"));
        List<Entry> first = shop.seen(shop.live("cart", "2", Shop.CI));
        List<Entry> second = shop.seen(shop.live("news", "1", Shop.CI));

        // Then
        assertThat(findings(head)).containsExactly("finding.opened pending");
        assertThat(findings(first)).isEmpty();
        assertThat(findings(second)).containsExactly("finding.resolved pending");
        assertThat(second).extracting(Entry::type).contains(EntryType.SYNC_RECORDED);
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync", "news=in-sync");
    }

    @Test
    void a_head_that_waits_too_long_is_worse_and_what_was_not_pruned_is_extra() {
        // Given
        Shop shop = applied();
        shop.seen(shop.live("old", "1", Shop.CI));
        shop.rendered("b", configMap("cart", "1"), configMap("old", "1"));
        shop.rendered("c", configMap("cart", "1"));

        // When
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            shop.pass(Duration.ofMinutes(1));
            entries.addAll(shop.heartbeat());
        }

        // Then
        assertThat(findings(entries))
                .containsExactly(
                        "finding.updated pending",
                        "finding.opened extra",
                        "finding.resolved pending");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=in-sync", "old=extra");
    }

    @Test
    void under_head_everything_counts_as_applied_at_once() {
        // Given
        Shop shop = new Shop().watched(Kind.HEAD, null);
        shop.seen(shop.live("cart", "1", Shop.CI));

        // When
        List<Entry> entries = shop.rendered("a", configMap("cart", "2"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened changed data.key");
    }

    @Test
    void under_annotation_the_live_object_names_its_revision() {
        // Given
        Shop shop = new Shop().watched(Kind.ANNOTATION, "example.com/commit");
        shop.rendered("a", configMap("cart", "1"));
        shop.rendered("b", configMap("cart", "2"));

        // When
        ObjectNode live = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) live.get("metadata"))
                .putObject("annotations")
                .put("example.com/commit", "aaaaaaa");
        shop.seen(live);

        // Then
        assertThat(shop.snapshot().getFirst()).isEqualTo("pending");
    }

    @Test
    void nothing_is_missing_before_its_type_is_watched() {
        // Given
        Shop shop = new Shop();
        shop.configured(Kind.HEAD, null);
        shop.scoped();

        // When
        List<Entry> before = shop.rendered("a", configMap("cart", "1"));
        List<Entry> after = shop.started(Shop.CONFIG_MAPS);

        // Then
        assertThat(findings(before)).isEmpty();
        assertThat(findings(after)).containsExactly("finding.opened missing");
    }

    @Test
    void a_type_that_cannot_be_watched_makes_its_resources_unknown() {
        // Given
        Shop shop = applied();

        // When
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.TypeUnavailable(
                                        MemoryLog.CLUSTER,
                                        shop.now(),
                                        Shop.CONFIG_MAPS,
                                        "forbidden",
                                        "403"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened unknown");
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown");
        assertThat(findings(shop.started(Shop.CONFIG_MAPS)))
                .containsExactly("finding.resolved unknown");
    }

    @Test
    void what_a_broken_file_held_is_unknown_and_not_gone() {
        // Given
        Shop shop = applied();

        // When
        List<Entry> entries =
                shop.rendered(
                        "b",
                        List.of(new IntakeRecord.RenderProblem("cart.yaml", "tab in line 3")),
                        false);

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened unknown");
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown");
    }

    @Test
    void a_rewritten_history_is_a_finding_until_the_next_head() {
        Shop shop = applied();
        assertThat(findings(shop.rendered("b", List.of(), true, configMap("cart", "1"))))
                .containsExactly("finding.opened history-rewritten");
        assertThat(findings(shop.rendered("c", configMap("cart", "1"))))
                .containsExactly("finding.resolved history-rewritten");
    }

    @Test
    void what_a_person_made_in_an_applications_namespace_is_unmanaged() {
        Shop shop = applied();
        assertThat(findings(shop.seen(shop.live("mine", "1", "kubectl-create"))))
                .containsExactly("finding.opened unmanaged");
        assertThat(findings(shop.seen(shop.live("kube-root-ca.crt", "1", "kubectl-create"))))
                .isEmpty();
        assertThat(findings(shop.deleted(shop.live("mine", "1", "kubectl-create"))))
                .containsExactly("finding.resolved unmanaged");
    }

    @Test
    void wiped_field_owners_are_a_finding_as_long_as_the_object_lives() {
        // Given
        Shop shop = applied();

        // When
        ObjectNode wiped = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) wiped.get("metadata")).remove("managedFields");

        // Then
        assertThat(findings(shop.seen(wiped))).containsExactly("finding.opened ownership-erased");
        assertThat(findings(shop.deleted(wiped)))
                .containsExactly("finding.resolved ownership-erased", "finding.opened missing");
    }

    @Test
    void an_audit_event_that_comes_late_names_the_user() {
        // Given
        Shop shop = applied();
        shop.deleted(shop.live("cart", "1", Shop.CI));
        ObjectNode event =
                Shop.object(
                        """
                        {"kind":"Event","stage":"ResponseComplete","verb":"delete","auditID":"1",
                         "user":{"username":"alice"},"userAgent":"kubectl/v1.36",
                         "objectRef":{"resource":"configmaps","namespace":"shop","name":"cart"},
                         "responseStatus":{"code":200},"stageTimestamp":"%s"}
                        """
                                .formatted(shop.now()));

        // When
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.AuditObserved(
                                        MemoryLog.CLUSTER, shop.now().plusSeconds(2), event));

        // Then
        assertThat(findings(entries)).containsExactly("finding.updated missing");
        assertThat(body(entries.getFirst()).at("/owner/user").asText()).isEqualTo("alice");
        assertThat(entries.getFirst().digests()).containsKey("audit");
    }

    @Test
    void an_unreadable_object_is_unknown_and_not_missing() {
        // Given
        Shop shop = shop();
        shop.log()
                .feed(
                        new IntakeRecord.ObjectUnreadable(
                                MemoryLog.CLUSTER,
                                shop.now(),
                                Shop.CONFIG_MAPS,
                                Shop.key(configMap("cart", "1")),
                                Digest.of(new byte[3]),
                                3,
                                "too deep"));

        // When
        List<Entry> entries = shop.rendered("a", configMap("cart", "1"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened unknown");
        assertThat(findings(shop.seen(shop.live("cart", "1", Shop.CI))))
                .containsExactly("finding.resolved unknown");
    }

    @Test
    void a_poison_object_becomes_an_entry_and_stops_nothing() {
        // Given
        Shop shop = applied();
        ObjectNode poison = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) poison.get("data")).put("key", "\ud800");
        ObjectNode nameless = JsonNodeFactory.instance.objectNode();

        // When
        List<Entry> entries = shop.seen(poison);
        List<Entry> others = shop.seen(nameless);

        // Then
        assertThat(entries).extracting(Entry::type).contains(EntryType.OBJECT_UNREADABLE);
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown");
        assertThat(others).extracting(Entry::type).containsExactly(EntryType.INTAKE_MALFORMED);
        assertThat(findings(shop.seen(shop.live("cart", "1", Shop.CI))))
                .containsExactly("finding.resolved unknown");
    }

    @Test
    void a_store_that_is_away_ends_the_decision_and_changes_nothing() {
        // Given
        Shop shop = applied();
        List<RecorderState.KnownObject> before = shop.log().state().knownObjects();
        IntakeRecord record =
                new IntakeRecord.ObjectObserved(
                        MemoryLog.CLUSTER,
                        shop.now(),
                        Shop.CONFIG_MAPS,
                        shop.live("cart", "2", "kubectl-edit"),
                        "f",
                        false);

        // Then
        assertThatThrownBy(() ->
                        Recorder.decide(
                                shop.log().state(),
                                record,
                                shop.now(),
                                _ -> {
                                    throw new BlobSource.UnavailableException(
                                            "away", new IllegalStateException());
                                }))
                .isInstanceOf(BlobSource.UnavailableException.class);
        assertThat(shop.log().state().knownObjects()).isEqualTo(before);
    }

    @Test
    void a_silence_longer_than_declared_is_explained_by_a_gap() {
        // Given
        Shop shop = applied();
        shop.pass(Duration.ofMinutes(5));

        // When
        List<Entry> entries = shop.heartbeat();

        // Then
        assertThat(entries).extracting(Entry::type).startsWith(EntryType.GAP, EntryType.HEARTBEAT);
    }

    @Test
    void an_instance_that_did_not_say_that_it_stopped_leaves_a_gap() {
        // Given
        Shop shop = shop();
        IntakeRecord first =
                new IntakeRecord.InstanceStarted(MemoryLog.CLUSTER, shop.now(), "a", "1");
        IntakeRecord second =
                new IntakeRecord.InstanceStarted(MemoryLog.CLUSTER, shop.now(), "b", "1");
        IntakeRecord stopped =
                new IntakeRecord.InstanceStopped(MemoryLog.CLUSTER, shop.now(), "b", "sigterm");

        // Then
        assertThat(shop.log().feed(first))
                .extracting(Entry::type)
                .containsExactly(EntryType.STARTUP);
        assertThat(shop.log().feed(second))
                .extracting(Entry::type)
                .containsExactly(EntryType.GAP, EntryType.STARTUP);
        shop.log().feed(stopped);
        assertThat(shop.log().feed(first))
                .extracting(Entry::type)
                .containsExactly(EntryType.STARTUP);
    }

    @Test
    void a_large_body_moves_to_a_blob() {
        // Given
        MemoryLog log = new MemoryLog();
        List<ResourceType> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new ResourceType("example.com", "v1", "Kind" + i, "kinds" + i, true));
        }

        // When
        List<Entry> entries =
                log.feed(
                        new IntakeRecord.Scope(
                                MemoryLog.CLUSTER,
                                new Shop().now(),
                                many,
                                List.of(),
                                Duration.ofMinutes(2),
                                "v1.36.3"));

        // Then
        assertThat(entries.getFirst().bytes().length).isLessThan(2000);
        assertThat(body(entries.getFirst()).path("silenceSeconds").asInt()).isEqualTo(120);
        assertThat(
                        new String(
                                log.blob(entries.getFirst()),
                                java.nio.charset.StandardCharsets.UTF_8))
                .contains("kinds999");
    }

    @Test
    void recorded_time_never_decreases() {
        // Given
        Shop shop = applied();

        // When
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.InstanceStarted(
                                        MemoryLog.CLUSTER, shop.now(), "a", "1"),
                                shop.now().minusSeconds(3600));

        // Then
        assertThat(entries.getLast().recordedAt()).isEqualTo(shop.now());
    }

    @Test
    void images_that_pods_run_are_listed_at_what_made_them() {
        // Given
        Shop shop = applied();
        ObjectNode pod =
                Shop.object(
                        """
                        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"shop",
                         "uid":"u-p","resourceVersion":"500","ownerReferences":[{"controller":true,
                         "apiVersion":"v1","kind":"ConfigMap","name":"cart"}]},
                         "status":{"containerStatuses":[{"imageID":"docker.io/x@sha256:%s"}]}}
                        """
                                .formatted("ab".repeat(32)));
        shop.seen(Shop.PODS, pod);

        // When
        shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // Then
        Entry last = shop.log().entries(EntryType.SNAPSHOT).getLast();
        assertThat(new String(shop.log().blob(last), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"images\":[\"sha256:" + "ab".repeat(32) + "\"]");
    }

    @Test
    void an_application_that_is_no_longer_configured_goes_with_its_findings() {
        // Given
        Shop shop = applied();
        shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // When
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.ConfigChanged(
                                        MemoryLog.CLUSTER,
                                        shop.now(),
                                        new dev.driftledger.model.RecorderConfig(
                                                List.of(),
                                                Duration.ofMinutes(5),
                                                new java.util.TreeMap<>())));

        // Then
        assertThat(findings(entries)).containsExactly("finding.resolved changed data.key");
    }
}
