package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig.AppliedBy.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {
    @Test
    void an_applied_resource_that_is_live_and_equal_is_in_sync() {
        assertThat(Shop.inSync().snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void a_changed_value_opens_a_finding_with_its_author() {
        // Given
        Shop shop = Shop.inSync();

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
    void a_drifted_value_that_changes_again_is_listed_with_the_next_heartbeat() {
        // Given
        Shop shop = Shop.inSync();
        shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // When
        List<Entry> again = shop.seen(shop.live("cart", "3", "kubectl-edit"));
        List<Entry> more = shop.seen(shop.live("cart", "4", "kubectl-edit"));
        List<Entry> beat = shop.heartbeat();
        List<Entry> next = shop.heartbeat();

        // Then
        assertThat(again).extracting(Entry::type).doesNotContain(EntryType.SNAPSHOT);
        assertThat(more).extracting(Entry::type).doesNotContain(EntryType.SNAPSHOT);
        assertThat(beat).extracting(Entry::type).contains(EntryType.SNAPSHOT);
        assertThat(body(beat.getLast()).path("reason").asText()).isEqualTo("changed");
        assertThat(next).extracting(Entry::type).doesNotContain(EntryType.SNAPSHOT);
    }

    @Test
    void an_equal_observation_gives_no_entry() {
        // Given
        Shop shop = Shop.inSync();
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
        Shop shop = Shop.inSync();
        ObjectNode older = shop.live("cart", "0", "kubectl-edit");
        shop.seen(shop.live("cart", "1", Shop.CI));

        // Then
        assertThat(shop.seen(older)).isEmpty();
    }

    @Test
    void a_deleted_resource_is_missing_and_its_return_resolves_that() {
        // Given
        Shop shop = Shop.inSync();

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
        Shop shop = Shop.inSync();
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
        Shop shop = Shop.inSync();
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
        Shop shop = Shop.inSync();

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
        Shop shop = Shop.inSync();
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
    void a_rewritten_history_is_a_finding_until_the_next_head() {
        Shop shop = Shop.inSync();
        assertThat(findings(shop.rendered("b", List.of(), true, configMap("cart", "1"))))
                .containsExactly("finding.opened history-rewritten");
        assertThat(findings(shop.rendered("c", configMap("cart", "1"))))
                .containsExactly("finding.resolved history-rewritten");
    }

    @Test
    void what_a_person_made_in_an_applications_namespace_is_unmanaged() {
        Shop shop = Shop.inSync();
        assertThat(findings(shop.seen(shop.live("mine", "1", "kubectl-create"))))
                .containsExactly("finding.opened unmanaged");
        assertThat(findings(shop.seen(shop.live("kube-root-ca.crt", "1", "kubectl-create"))))
                .isEmpty();
        assertThat(findings(shop.deleted(shop.live("mine", "1", "kubectl-create"))))
                .containsExactly("finding.resolved unmanaged");
    }

    @Test
    void an_audit_event_that_comes_late_names_the_user() {
        // Given
        Shop shop = Shop.inSync();
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
    void images_that_pods_run_are_listed_at_what_made_them() {
        // Given
        Shop shop = Shop.inSync();
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
}
