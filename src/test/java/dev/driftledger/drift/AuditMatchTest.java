package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.testkit.Manifests;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "my%20tool, my tool",
        "my+tool, my tool",
        "a%2Fb, a/b",
        "a%zzb, a%zzb",
        "a%2, a%2",
        "a%2z, a%2z",
        "a%z2, a%z2",
        "100%, 100%",
        "a%2f, a/"
    })
    void escapes_in_a_field_managers_name_are_read(String written, String name) {
        ObjectNode event = event().put("requestURI", "/x?a=b&fieldManager=" + written + "&c=d");
        assertThat(AuditMatch.fieldManager(event)).isEqualTo(name);
    }

    @Test
    void a_request_that_names_no_field_manager_has_none() {
        assertThat(AuditMatch.fieldManager(event().put("requestURI", "/x?force=true"))).isNull();
        assertThat(AuditMatch.fieldManager(event().put("requestURI", ""))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{verb: patch} | true",
                "{verb: create} | true",
                "{verb: get} | false",
                "{verb: deletecollection} | true",
                "{stage: RequestReceived} | false",
                "{responseStatus: {code: 299}} | true",
                "{responseStatus: {code: 300}} | false",
                "{responseStatus: null} | true",
                "{objectRef: {resource: pods, apiGroup: apps, namespace: shop, name: cart}}"
                        + " | false",
                "{objectRef: {resource: deployments, namespace: shop, name: cart}} | false",
                "{objectRef: {resource: deployments, apiGroup: apps, namespace: a, name: cart}}"
                        + " | false",
                "{objectRef: {resource: deployments, apiGroup: apps, namespace: shop}} | false",
                "{verb: deletecollection, objectRef: {resource: deployments, apiGroup: apps,"
                        + " namespace: shop}} | true",
                "{verb: deletecollection, objectRef: {resource: deployments, apiGroup: apps,"
                        + " namespace: shop, name: other}} | false"
            })
    void a_write_is_a_successful_answer_about_this_very_object(String change, boolean wrote) {
        ObjectNode event = event().setAll(Manifests.one(change));
        assertThat(AuditMatch.wrote(event, KEY)).isEqualTo(wrote);
    }

    @ParameterizedTest
    @CsvSource({
        "policies, Policy, true",
        "ingresses, Ingress, true",
        "endpoints, Endpoints, true",
        "gateways, Gateway, true",
        "serviceaccounts, Service, false",
        "rolebindings, Role, false",
        "podtemplates, Pod, false",
        "policies, '', false"
    })
    void resources_are_matched_with_kinds_however_their_plural_is_made(
            String resource, String kind, boolean wrote) {
        // Given
        ObjectNode event = event();
        event.withObject("/objectRef").put("resource", resource);

        // When, Then
        assertThat(AuditMatch.wrote(event, new ResourceKey("apps", kind, "shop", "cart")))
                .isEqualTo(wrote);
    }

    @Test
    void five_seconds_are_near_and_more_are_not() {
        Instant at = Instant.parse("2026-01-01T00:00:00.500Z");
        assertThat(AuditMatch.withUser(OWNER, event(), KEY, at.plusSeconds(5)).user())
                .isEqualTo("alice");
        assertThat(AuditMatch.withUser(OWNER, event(), KEY, at.minusSeconds(5)).user())
                .isEqualTo("alice");
        assertThat(AuditMatch.withUser(OWNER, event(), KEY, at.plusMillis(5001)).user()).isNull();
    }

    @Test
    void an_owner_or_event_without_a_manager_is_matched_by_object_and_time() {
        // Given
        ObjectNode unnamed = event().put("requestURI", "/x");
        ObjectNode nobody = event();
        nobody.withObject("/user").put("username", "");

        // When, Then
        assertThat(AuditMatch.withUser(Owner.UNKNOWN, event(), KEY, AT).user()).isEqualTo("alice");
        assertThat(AuditMatch.withUser(OWNER, unnamed, KEY, AT).user()).isEqualTo("alice");
        assertThat(AuditMatch.withUser(OWNER, nobody, KEY, AT)).isEqualTo(OWNER);
    }

    @Test
    void the_time_is_that_of_the_answer_else_of_the_request() {
        // Given
        ObjectNode received = event().put("requestReceivedTimestamp", "2026-01-01T00:00:07Z");
        ObjectNode onlyReceived = received.deepCopy();
        onlyReceived.remove("stageTimestamp");
        ObjectNode never = event();
        never.remove("stageTimestamp");

        // When, Then
        assertThat(AuditMatch.time(received)).isEqualTo("2026-01-01T00:00:00.500Z");
        assertThat(AuditMatch.time(onlyReceived)).isEqualTo("2026-01-01T00:00:07Z");
        assertThat(AuditMatch.time(never)).isNull();
        assertThat(AuditMatch.time(event().put("stageTimestamp", "soon"))).isNull();
        assertThat(AuditMatch.withUser(OWNER, never, KEY, AT)).isEqualTo(OWNER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patch | /x?dryRun=All | true",
                "create | /x?fieldManager=a&dryRun=All | true",
                "update | /x?dryRun | true",
                "update | /x?dryRun= | true",
                "patch | /x?dry%52un=All | true",
                "patch | /x?fieldManager=a | false",
                "patch | /x?fieldManager=dryRun | false",
                "patch | /x?dryRuns=All | false",
                "patch | /dryRun=All | false",
                "patch | '' | false",
                "delete | /x?dryRun=All | false",
                "deletecollection | /x?dryRun=All | false"
            })
    void a_request_to_change_nothing_says_so_in_its_query(String verb, String uri, boolean dry) {
        ObjectNode event = event().put("verb", verb).put("requestURI", uri);
        assertThat(AuditMatch.isDryRun(event)).isEqualTo(dry);
    }

    @Test
    void an_owner_may_be_had_back_as_it_was_before_an_event_named_the_user() {
        // Given
        Owner named = AuditMatch.withUser(OWNER, event(), KEY, AT);

        // When
        Owner unnamed = named.withoutUser();

        // Then
        assertThat(unnamed.user()).isNull();
        assertThat(unnamed.manager()).isEqualTo("kubectl-set");
        assertThat(unnamed.evidence()).isEqualTo(Owner.Evidence.NONE);
        assertThat(OWNER.withoutUser()).isEqualTo(OWNER);
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
