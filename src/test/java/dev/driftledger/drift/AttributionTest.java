package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private static final String PATH = "data.gone";
    private static final String BOTH = "{'f:data': {'f:gone': {}, 'f:kept': {}}}";
    private static final String KEPT = "{'f:data': {'f:kept': {}}}";

    /// A ConfigMap with these entries of `managedFields`.
    private static ObjectNode map(String... entries) {
        return Manifests.one(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, managedFields: ["
                        + String.join(", ", entries)
                        + "]}}");
    }

    private static String entry(String manager, String operation, int second, String fields) {
        return "{manager: %s, operation: %s, time: '2026-01-01T00:00:0%dZ', fieldsV1: %s}"
                .formatted(manager, operation, second, fields);
    }

    private static Owner owner(ObjectNode previous, ObjectNode live) {
        return Attribution.between(previous, live).writer(PATH, ManagerTable.builtIn());
    }

    private static Owner remover(ObjectNode previous, ObjectNode live) {
        return Attribution.between(previous, live).remover(PATH, ManagerTable.builtIn());
    }

    @Test
    void whoever_lost_a_field_did_not_remove_it() {
        // Given
        ObjectNode previous = map(entry("ci", "Apply", 1, BOTH));

        // When
        Owner owner = owner(previous, map(entry("ci", "Apply", 1, KEPT)));

        // Then
        assertThat(owner).isEqualTo(Owner.UNKNOWN);
    }

    @Test
    void whoever_changed_something_else_with_it_removed_it() {
        // Given
        ObjectNode previous = map(entry("ci", "Apply", 1, BOTH));

        // When
        Owner owner = owner(previous, map(entry("kubectl-edit", "Update", 2, KEPT)));

        // Then
        assertThat(owner.manager()).isEqualTo("kubectl-edit");
        assertThat(owner.evidence()).isEqualTo(Owner.Evidence.CHANGE);
    }

    @Test
    void whoever_applied_again_without_it_removed_it() {
        // Given
        ObjectNode previous = map(entry("ci", "Apply", 1, BOTH));

        // When
        Owner owner = owner(previous, map(entry("ci", "Apply", 2, KEPT)));

        // Then
        assertThat(owner.manager()).isEqualTo("ci");
        assertThat(owner.operation()).isEqualTo("Apply");
    }

    @Test
    void whoever_wrote_a_status_in_between_removed_nothing() {
        // Given
        String before = "{manager: x-controller, operation: Update, subresource: status, time: %s}";
        ObjectNode previous =
                map(
                        entry("ci", "Apply", 1, BOTH),
                        before.formatted("'2026-01-01T00:00:01Z', fieldsV1: {'f:status': {}}"));

        // When
        Owner owner =
                owner(
                        previous,
                        map(
                                entry("ci", "Apply", 1, KEPT),
                                before.formatted(
                                        "'2026-01-01T00:00:05Z', fieldsV1: {'f:status': {}}")));

        // Then
        assertThat(owner).isEqualTo(Owner.UNKNOWN);
    }

    @Test
    void whoever_owns_the_field_comes_before_whoever_owns_the_map_around_it() {
        // Given
        ObjectNode previous = map();

        // When
        Owner owner =
                owner(
                        previous,
                        map(
                                entry("mesh-controller", "Apply", 2, "{'f:data': {'f:gone': {}}}"),
                                entry("before-first-apply", "Update", 2, "{'f:data': {}}")));

        // Then
        assertThat(owner.manager()).isEqualTo("mesh-controller");
    }

    @Test
    void whoever_lost_all_of_a_map_is_not_who_emptied_it() {
        // Given
        ObjectNode previous =
                map(
                        entry("before-first-apply", "Update", 1, "{'f:data': {'f:gone': {}}}"),
                        entry("kubectl-edit", "Update", 2, KEPT));
        ObjectNode live =
                map(
                        entry("before-first-apply", "Update", 1, "{'f:data': {}}"),
                        entry("kubectl-edit", "Update", 2, KEPT));

        // When, Then
        assertThat(remover(previous, live)).isEqualTo(Owner.UNKNOWN);
    }

    @Test
    void whoever_applied_other_fields_within_the_same_second_removed_it() {
        // Given
        ObjectNode previous =
                map(
                        entry("kubectl", "Apply", 2, "{'f:data': {'f:gone': {}}}"),
                        entry("ci", "Update", 1, "{'f:data': {'.': {}, 'f:kept': {}}}"));
        ObjectNode live =
                map(entry("kubectl", "Apply", 2, KEPT), entry("ci", "Update", 1, "{'f:data': {}}"));

        // When
        Owner owner = remover(previous, live);

        // Then
        assertThat(owner.manager()).isEqualTo("kubectl");
        assertThat(owner.evidence()).isEqualTo(Owner.Evidence.CHANGE);
    }

    @Test
    void who_came_to_own_the_list_around_an_item_removed_it() {
        // Given
        ObjectNode previous = map(entry("ci", "Apply", 1, BOTH));
        ObjectNode live =
                map(entry("ci", "Apply", 1, "{}"), entry("k9s", "Update", 1, "{'f:data': {}}"));

        // When, Then
        assertThat(remover(previous, live).manager()).isEqualTo("k9s");
    }

    @Test
    void an_address_that_the_api_server_keeps_does_not_make_entries_erased() {
        // Given
        ObjectNode previous =
                Manifests.one(
                        "{kind: Service, spec: {clusterIP: None, ports: [{port: 1, nodePort: 2}]},"
                                + " metadata: {managedFields: ["
                                + entry(
                                        "ci",
                                        "Apply",
                                        1,
                                        "{'f:spec': {'f:clusterIP': {}, 'f:ports':"
                                                + " {'k:{\"port\":1}': {'f:nodePort': {}}}}}")
                                + "]}}");
        ObjectNode emptied = previous.deepCopy();
        ((ObjectNode) emptied.get("metadata")).remove("managedFields");
        ObjectNode other = emptied.deepCopy();
        other.put("kind", "ConfigMap");

        // When, Then
        assertThat(Ownership.erased(previous, emptied)).isFalse();
        assertThat(Ownership.erased(previous, other)).isTrue();
    }

    @Test
    void entries_that_went_with_all_their_fields_were_not_erased() {
        // Given
        ObjectNode previous = map(entry("ci", "Apply", 1, BOTH));
        previous.putObject("data").put("gone", "1").put("kept", "2");
        ObjectNode emptied = map();
        ObjectNode erased = map();
        erased.putObject("data").put("kept", "3");

        // When, Then
        assertThat(Ownership.erased(previous, emptied)).isFalse();
        assertThat(Ownership.erased(previous, erased)).isTrue();
    }

    @Test
    void items_that_still_stand_without_entries_were_erased() {
        // Given
        String fields =
                "{'f:metadata': {'f:finalizers': {'v:\"x\"': {}}},"
                        + " 'f:items': {'k:{\"name\":\"a\"}': {'.': {}, 'f:name': {}}}}";
        ObjectNode previous = map(entry("ci", "Apply", 1, fields));
        ObjectNode item = map();
        item.putArray("items").addObject().put("name", "a");
        ObjectNode other = map();
        other.putArray("items").addObject().put("name", "b");
        ObjectNode finalizer = map();
        ((ObjectNode) finalizer.get("metadata")).putArray("finalizers").add("x");

        // When, Then
        assertThat(Ownership.erased(previous, item)).isTrue();
        assertThat(Ownership.erased(previous, finalizer)).isTrue();
        assertThat(Ownership.erased(previous, other)).isFalse();
    }

    @Test
    void with_two_writers_at_once_nobody_is_named() {
        // Given
        ObjectNode previous = map(entry("ci", "Apply", 1, BOTH));

        // When
        Owner owner =
                owner(
                        previous,
                        map(
                                entry("ci", "Apply", 2, KEPT),
                                entry("kubectl-edit", "Update", 2, "{'f:data': {'f:x': {}}}")));

        // Then
        assertThat(owner).isEqualTo(Owner.UNKNOWN);
    }
}
