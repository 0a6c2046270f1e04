package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IntakeRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditsTest {
    private static final String CONTROLLER = "argocd-application-controller";
    private static final String MACHINE = "system:serviceaccount:argocd:" + CONTROLLER;

    /// The owner of the missing ConfigMap after the user deleted it with that tool.
    private static JsonNode deleter(ObjectNode users, String agent) {
        Shop shop = Shop.inSync();
        shop.deleted(shop.live("cart", "1", Shop.CI));
        ObjectNode event = Shop.audit("cart", "nobody", "delete", shop.now());
        event.put("userAgent", agent).setAll(users);
        return owner(shop, event);
    }

    private static JsonNode owner(Shop shop, ObjectNode event) {
        return body(shop.log()
                        .feed(new IntakeRecord.AuditObserved(MemoryLog.CLUSTER, shop.now(), event))
                        .getFirst())
                .path("owner");
    }

    private static ObjectNode user(String name) {
        return Shop.object("{\"user\":{\"username\":\"" + name + "\"}}");
    }

    @Test
    void a_person_who_calls_the_tool_as_the_reconciler_stays_a_person() {
        // When
        JsonNode owner = deleter(user("alice"), CONTROLLER + "/v3.1");

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("human");
        assertThat(owner.path("user").asText()).isEqualTo("alice");
        assertThat(owner.path("manager").asText()).isEqualTo(CONTROLLER);
    }

    @Test
    void a_program_of_the_cluster_is_known_by_its_name() {
        assertThat(deleter(user(MACHINE), CONTROLLER + "/v3.1").path("type").asText())
                .isEqualTo("reconciler");
        assertThat(deleter(user(MACHINE), "kubectl/v1.36").path("type").asText())
                .isEqualTo("controller");
        assertThat(deleter(user("system:kube-scheduler"), "x").path("type").asText())
                .isEqualTo("controller");
    }

    @Test
    void a_user_of_whom_nothing_is_known_is_a_person() {
        assertThat(deleter(user("system:admin"), "kube-controller-manager").path("type").asText())
                .isEqualTo("human");
    }

    @Test
    void a_person_who_acts_as_a_program_is_the_one_who_is_named() {
        // Given
        ObjectNode users = user("alice");
        users.putObject("impersonatedUser").put("username", MACHINE);

        // When
        JsonNode owner = deleter(users, CONTROLLER);

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("human");
        assertThat(owner.path("user").asText()).isEqualTo("alice");
    }

    @Test
    void a_person_who_writes_under_the_reconcilers_field_manager_stays_a_person() {
        // Given
        Shop shop = Shop.inSync();
        shop.seen(shop.live("cart", "2", CONTROLLER));

        // When
        JsonNode owner = owner(shop, Shop.audit("cart", "alice", "patch", shop.now()));

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("human");
        assertThat(owner.path("manager").asText()).isEqualTo(CONTROLLER);
        assertThat(owner.path("user").asText()).isEqualTo("alice");
    }

    /// A write of another ConfigMap by the applier itself.
    private static ObjectNode byCi(Shop shop) {
        return Shop.audit("other", "ci", "patch", shop.now())
                .put("requestURI", "/api/v1/namespaces/shop/configmaps/other?fieldManager=ci");
    }

    private static JsonNode changedUnderTheAppliersName(Shop shop, String user) {
        shop.log().feed(new IntakeRecord.AuditObserved(MemoryLog.CLUSTER, shop.now(), byCi(shop)));
        shop.seen(shop.live("cart", "2", Shop.CI));
        ObjectNode event = Shop.audit("cart", user, "patch", shop.now());
        event.put("requestURI", "/api/v1/namespaces/shop/configmaps/cart?fieldManager=ci");
        return owner(shop, event);
    }

    @Test
    void a_person_who_writes_under_the_name_that_another_user_applies_under_is_a_person() {
        // When
        JsonNode owner = changedUnderTheAppliersName(Shop.inSync(), "alice");

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("human");
        assertThat(owner.path("user").asText()).isEqualTo("alice");
        assertThat(owner.path("manager").asText()).isEqualTo("ci");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cart?dryRun=All&fieldManager=ci",
                "cart?fieldManager=ci&dry%52un=All",
                "cart?fieldManager=ci&a=1&a=2&a=3&a=4&a=5&a=6&a=7&a=8&a=9&a=10&a=11&a=12&a=13"
                        + "&a=14&a=15&a=16&a=17&a=18&a=19&a=20&a=21&a=22&a=23&a=24&a=25&a=26&a=27"
                        + "&a=28&a=29&a=30&a=31&a=32&dryRun=All"
            })
    void a_name_does_not_become_ones_own_by_dry_runs(String uri) {
        // Given
        Shop shop = Shop.inSync();
        for (int i = 0; i < 3; i++) {
            ObjectNode dry = Shop.audit("cart", "alice", "patch", shop.now());
            dry.put("auditID", "dry-" + i);
            dry.put("requestURI", "/api/v1/namespaces/shop/configmaps/" + uri);
            shop.log().feed(new IntakeRecord.AuditObserved(MemoryLog.CLUSTER, shop.now(), dry));
        }

        // When
        JsonNode owner = changedUnderTheAppliersName(shop, "alice");

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("human");
        assertThat(shop.log().state().audits()).hasSize(2);
    }

    @Test
    void a_name_does_not_become_ones_own_by_deletions() {
        // Given
        Shop shop = Shop.inSync();
        for (int i = 0; i < 3; i++) {
            ObjectNode deletion = Shop.audit("gone-" + i, "alice", "delete", shop.now());
            deletion.put("auditID", "deletion-" + i).put("userAgent", "ci/1");
            shop.log()
                    .feed(new IntakeRecord.AuditObserved(MemoryLog.CLUSTER, shop.now(), deletion));
        }

        // When
        JsonNode owner = changedUnderTheAppliersName(shop, "alice");

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("human");
    }

    @Test
    void a_deletion_is_no_dry_run_by_what_its_uri_says() {
        // Given
        Shop shop = Shop.inSync();
        shop.deleted(shop.live("cart", "1", Shop.CI));
        ObjectNode event = Shop.audit("cart", "alice", "delete", shop.now());
        event.put("requestURI", "/api/v1/namespaces/shop/configmaps/cart?dryRun=All");

        // When
        JsonNode owner = owner(shop, event);

        // Then
        assertThat(owner.path("user").asText()).isEqualTo("alice");
    }

    @Test
    void the_user_who_always_applies_under_a_name_is_no_person_by_that() {
        // When
        JsonNode owner = changedUnderTheAppliersName(Shop.inSync(), "ci");

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("unknown");
        assertThat(owner.path("user").asText()).isEqualTo("ci");
    }

    @Test
    void who_puts_back_under_the_appliers_name_is_the_audit_user() {
        // Given
        Shop shop = Shop.inSync();
        changedUnderTheAppliersName(shop, "ci");
        shop.pass(java.time.Duration.ofMinutes(1));
        ObjectNode event = Shop.audit("cart", "alice", "patch", shop.now().plusSeconds(1));
        event.put("requestURI", "/api/v1/namespaces/shop/configmaps/cart?fieldManager=ci");
        shop.log().feed(new IntakeRecord.AuditObserved(MemoryLog.CLUSTER, shop.now(), event));

        // When
        JsonNode end =
                shop.seen(shop.live("cart", "1", Shop.CI)).stream()
                        .filter(entry -> entry.type() == EntryType.FINDING_RESOLVED)
                        .map(Shop::body)
                        .findFirst()
                        .orElseThrow();

        // Then
        assertThat(end.at("/resolution/by").asText()).isEqualTo("human");
        assertThat(end.at("/resolution/user").asText()).isEqualTo("alice");
    }

    @Test
    void a_program_that_writes_under_a_persons_tool_is_no_person() {
        // Given
        Shop shop = Shop.inSync();
        shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // When
        JsonNode owner = owner(shop, Shop.audit("cart", MACHINE, "patch", shop.now()));

        // Then
        assertThat(owner.path("type").asText()).isEqualTo("controller");
    }
}
