package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.testkit.Manifests;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditMatchTest {
    private static final ResourceKey KEY = new ResourceKey("apps", "Deployment", "shop", "cart");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:01Z");
    private static final Owner OWNER =
            new Owner(
                    Owner.Type.HUMAN,
                    "kubectl-set",
                    "Update",
                    null,
                    AT,
                    null,
                    Owner.Evidence.CHANGE);

    @Test
    void an_event_of_the_same_object_time_and_manager_names_the_user() {
        // When
        Owner named = AuditMatch.withUser(OWNER, event(), KEY, AT);

        // Then
        assertThat(named.user()).isEqualTo("alice");
        assertThat(named.evidence()).isEqualTo(Owner.Evidence.AUDIT);
    }

    @Test
    void an_event_of_another_manager_time_or_object_names_nobody() {
        // Given
        ObjectNode other = event();
        other.put("requestURI", "/apis/apps/v1/x?fieldManager=kubectl-edit");
        ObjectNode failed = event();
        failed.withObject("/responseStatus").put("code", 403);
        ObjectNode elsewhere = event();
        elsewhere.withObject("/objectRef").put("name", "catalog");

        // When, Then
        assertThat(AuditMatch.withUser(OWNER, other, KEY, AT)).isEqualTo(OWNER);
        assertThat(AuditMatch.withUser(OWNER, failed, KEY, AT)).isEqualTo(OWNER);
        assertThat(AuditMatch.withUser(OWNER, elsewhere, KEY, AT)).isEqualTo(OWNER);
        assertThat(AuditMatch.withUser(OWNER, event(), KEY, AT.plusSeconds(60))).isEqualTo(OWNER);
    }

    @Test
    void field_managers_in_the_request_are_decoded() {
        // Given
        ObjectNode event = event();
        event.put("requestURI", "/x?dryRun=&fieldManager=my%20tool%C3%BC");

        // When, Then
        assertThat(AuditMatch.fieldManager(event)).isEqualTo("my toolü");
    }

    private static ObjectNode event() {
        return Manifests.one(
                """
                kind: Event
                stage: ResponseComplete
                verb: patch
                user: {username: alice}
                requestURI: /apis/apps/v1/namespaces/shop/deployments/cart?fieldManager=kubectl-set
                objectRef: {resource: deployments, apiGroup: apps, namespace: shop, name: cart}
                responseStatus: {code: 200}
                stageTimestamp: "2026-01-01T00:00:00.500000Z"
                """);
    }
}
