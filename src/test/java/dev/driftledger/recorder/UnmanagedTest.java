package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderLimits;
import dev.driftledger.model.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnmanagedTest {
    /// Comes before the shop, of whose namespace it deploys to.
    private static final ApplicationId BASE = new ApplicationId("none", "base", "base");

    private static void both(Shop shop) {
        RecorderConfig.Application known =
                Shop.settings(RecorderLimits.DEFAULT).applications().getFirst();
        RecorderConfig.Application base =
                new RecorderConfig.Application(
                        BASE,
                        known.repository(),
                        known.branch(),
                        known.path(),
                        known.pendingMax(),
                        known.appliedBy());
        shop.configured(
                new RecorderConfig(List.of(base, known), Duration.ofMinutes(5), new TreeMap<>()));
    }

    private static List<Entry> base(Shop shop, String commit, ObjectNode... objects) {
        List<IntakeRecord.DesiredResource> resources = new ArrayList<>();
        for (ObjectNode object : objects) {
            shop.log()
                    .feed(
                            new IntakeRecord.DesiredObject(
                                    MemoryLog.CLUSTER,
                                    shop.now(),
                                    ObjectBytes.digest(object),
                                    object));
            resources.add(
                    new IntakeRecord.DesiredResource(
                            Shop.key(object), "v1", ObjectBytes.digest(object), "base.yaml#1"));
        }
        return shop.log()
                .feed(
                        new IntakeRecord.DesiredRendered(
                                MemoryLog.CLUSTER,
                                shop.now(),
                                BASE,
                                new Revision(commit.repeat(40), "Dev", shop.now(), "a commit"),
                                List.of(),
                                resources,
                                List.of(),
                                false));
    }

    private static List<String> unmanaged(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.body() != null)
                .filter(entry -> body(entry).path("class").asText().equals("unmanaged"))
                .map(entry ->
                        entry.type().wireName() + " " + body(entry).path("application").asText())
                .toList();
    }

    @Test
    void an_object_of_nobodys_is_told_of_one_application_at_a_time() {
        // Given
        Shop shop = Shop.inSync();
        both(shop);
        base(shop, "1");
        List<Entry> made = shop.seen(shop.live("mine", "1", "kubectl-create"));

        // When
        List<Entry> entries = base(shop, "2", configMap("base", "1"));

        // Then
        assertThat(unmanaged(made)).containsExactly("finding.opened " + Shop.SHOP.id());
        assertThat(unmanaged(entries))
                .containsExactly(
                        "finding.resolved " + Shop.SHOP.id(), "finding.opened " + BASE.id());
        assertThat(shop.log().state().findings().all())
                .filteredOn(row -> row.open() && row.kind().equals(Claim.UNMANAGED))
                .hasSize(1);
    }
}
