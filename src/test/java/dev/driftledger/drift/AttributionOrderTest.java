package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributionOrderTest {
    private static final String A = "{'f:spec': {'f:a': {}}}";
    private static final String B = "{'f:spec': {'f:b': {}}}";

    @Test
    void who_came_to_own_the_path_between_two_observations_wrote_it() {
        // Given
        ObjectNode before = object(entry("ci", "01", A));
        ObjectNode after = object(entry("ci", "01", B), entry("kubectl-edit", "02", A));

        // When
        Owner owner = owner(before, after, "spec.a");

        // Then
        assertThat(owner.manager()).isEqualTo("kubectl-edit");
        assertThat(owner.type()).isEqualTo(Owner.Type.HUMAN);
        assertThat(owner.evidence()).isEqualTo(Owner.Evidence.CHANGE);
    }

    @Test
    void an_owner_that_wrote_again_comes_before_one_that_did_not() {
        // Given
        ObjectNode before = object(entry("ci", "01", A), entry("kubectl-edit", "02", A));
        ObjectNode after = object(entry("ci", "03", A), entry("kubectl-edit", "02", A));

        // When, Then
        assertThat(owner(before, after, "spec.a").manager()).isEqualTo("ci");
    }

    @Test
    void an_entry_without_time_counts_as_active_when_it_came_to_own_the_path() {
        // Given
        ObjectNode before = object(entry("kube-controller-manager", "", B));
        ObjectNode after =
                object(entry("kube-controller-manager", "", "{'f:spec': {'f:a': {}, 'f:b': {}}}"));

        // When, Then
        assertThat(owner(before, after, "spec.a").evidence()).isEqualTo(Owner.Evidence.CHANGE);
        assertThat(owner(before, after, "spec.b").evidence()).isEqualTo(Owner.Evidence.FINAL_STATE);
    }

    @Test
    void a_time_where_there_was_none_is_a_newer_one() {
        // Given
        ObjectNode before = object(entry("ci", "", A));
        ObjectNode after = object(entry("ci", "01", A));

        // When, Then
        assertThat(owner(before, after, "spec.a").evidence()).isEqualTo(Owner.Evidence.CHANGE);
        assertThat(owner(after, before, "spec.a").evidence()).isEqualTo(Owner.Evidence.FINAL_STATE);
    }

    @Test
    void who_took_a_field_away_is_the_only_one_that_wrote_meanwhile() {
        // Given
        ObjectNode before = object(entry("ci", "01", A), entry("kubectl-edit", "01", B));
        ObjectNode after = object(entry("kubectl-edit", "02", B));
        ObjectNode byTwo = object(entry("kubectl-edit", "02", B), entry("k9s", "02", B));

        // When, Then
        assertThat(owner(before, after, "spec.a").manager()).isEqualTo("kubectl-edit");
        assertThat(owner(before, byTwo, "spec.a")).isEqualTo(Owner.UNKNOWN);
    }

    @Test
    void a_writer_that_owns_other_paths_than_before_was_active_without_any_time() {
        // Given
        ObjectNode before = object(entry("ci", "", A), entry("k9s", "", B));
        ObjectNode after = object(entry("ci", "", "{'f:spec': {'f:c': {}}}"), entry("k9s", "", B));

        // When, Then
        assertThat(owner(before, after, "spec.a").manager()).isEqualTo("ci");
    }

    @Test
    void without_an_earlier_observation_the_final_state_tells() {
        // Given
        ObjectNode live = object(entry("kubectl-edit", "02", A));

        // When, Then
        assertThat(owner(null, live, "spec.a").evidence()).isEqualTo(Owner.Evidence.FINAL_STATE);
        assertThat(owner(null, live, "spec.b")).isEqualTo(Owner.UNKNOWN);
    }

    @Test
    void when_nobody_wrote_meanwhile_nobody_is_named_for_what_nobody_owns() {
        // Given
        ObjectNode live = object(entry("kubectl-edit", "02", A));

        // When, Then
        assertThat(owner(live, live.deepCopy(), "spec.b")).isEqualTo(Owner.UNKNOWN);
    }

    @Test
    void wiped_entries_are_ownership_erased_unless_it_is_another_object() {
        // Given
        ObjectNode before = object(entry("ci", "01", A));
        before.putObject("spec").put("a", 1);
        ObjectNode wiped = object("{}");
        wiped.putObject("spec").put("a", 1);
        ObjectNode other = wiped.deepCopy();
        ((ObjectNode) other.path("metadata")).put("uid", "2");

        // When, Then
        assertThat(Ownership.erased(before, wiped)).isTrue();
        assertThat(Ownership.erased(before, other)).isFalse();
        assertThat(Ownership.erased(before, object("{}"))).isFalse();
        assertThat(Ownership.erased(wiped, wiped)).isFalse();
        assertThat(Ownership.erased(before, before)).isFalse();
    }

    @Test
    void owners_are_unreliable_when_only_a_status_or_the_time_before_tells() {
        assertThat(Ownership.unreliable(object("{}"))).isTrue();
        assertThat(Ownership.unreliable(object(entry("before-first-apply", "01", A)))).isTrue();
        assertThat(
                        Ownership.unreliable(
                                object(
                                        "{manager: kubelet, subresource: status, fieldsV1: "
                                                + A
                                                + "}")))
                .isTrue();
        assertThat(Ownership.unreliable(object(entry("ci", "01", A)))).isFalse();
    }

    @Test
    void the_creator_is_the_oldest_writer_of_the_object_itself() {
        // Given
        ObjectNode live =
                object(
                        "{manager: kubelet, subresource: status, time: '2020-01-01T00:00:00Z'}",
                        entry("k9s", "", A),
                        entry("kubectl-edit", "03", A),
                        entry("ci", "02", A),
                        entry("helm", "02", A));

        // When, Then
        ManagerTable known = ManagerTable.builtIn();
        assertThat(Ownership.creator(live, known).manager()).isEqualTo("ci");
        assertThat(Ownership.creator(object("{}"), known)).isEqualTo(Owner.UNKNOWN);
        assertThat(Ownership.creator(object(entry("k9s", "", A)), known).manager())
                .isEqualTo("k9s");
    }

    private static Owner owner(@Nullable ObjectNode before, ObjectNode after, String path) {
        return Attribution.between(before, after).writer(path, ManagerTable.builtIn());
    }

    private static ObjectNode object(String... entries) {
        return Manifests.one(
                "{kind: A, metadata: {uid: '1', managedFields: ["
                        + String.join(", ", entries)
                        + "]}}");
    }

    private static String entry(String manager, String day, String fields) {
        String time = day.isEmpty() ? "" : "2026-01-" + day + "T00:00:00Z";
        return "{manager: "
                + manager
                + ", operation: Update, time: '"
                + time
                + "', fieldsV1: "
                + fields
                + "}";
    }
}
