package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who counts as the applier of an object, and what it is known to have asked for.
class ApplierTest {
    private static final String DESIRED =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: a}, data: {k: v}}";

    /// `old` is only in the cluster, and belongs to MANAGER; NOTES are annotations.
    private static final String LIVE =
            """
            {apiVersion: v1, kind: ConfigMap, data: {k: v, old: x}, metadata: {
              name: a, namespace: a, annotations: {NOTES}, managedFields: [
                {manager: MANAGER, operation: Update, time: '2026-01-01T00:00:00Z',
                 fieldsV1: {'f:data': {'f:old': {}}}}]}}
            """;

    private static String live(String manager, String notes) {
        return LIVE.replace("MANAGER", manager).replace("NOTES", notes);
    }

    private static String lastApplied(String manifest) {
        return "kubectl.kubernetes.io/last-applied-configuration: '" + manifest + "'";
    }

    @ParameterizedTest
    @CsvSource({
        "argocd-controller, extra-owned",
        "kustomize-controller, extra-owned",
        "helm, extra-owned",
        "kubectl-client-side-apply, extra-owned",
        "kubectl-edit, overlay",
        "some-script, overlay"
    })
    void without_a_known_applier_reconcilers_and_client_side_apply_are_it(
            String manager, String sort) {
        Comparison pair = Inline.pair((String) null, DESIRED, live(manager, ""));

        assertThat(Inline.found(pair)).containsExactly(sort + " data.old");
    }

    @ParameterizedTest
    @CsvSource({
        "argocd-controller, argocd, extra-owned",
        "argocd, argocd-controller, extra-owned",
        "argocd-controller, argocd-server, extra-owned",
        "argocd-controller, argocd-controller, extra-owned",
        "argocd-controller, helm-controller, overlay",
        "helm-controller, helm, extra-owned",
        "helm-controller, kustomize-controller, overlay",
        "argocd-controller, kubectl-client-side-apply, overlay",
        "ci, ci-extra, overlay",
        "ci, argocd-controller, overlay",
        "kubectl, kubectl-edit, overlay"
    })
    void a_known_applier_is_itself_and_the_other_names_of_the_same_reconciler(
            String applier, String manager, String sort) {
        Comparison pair = Inline.pair(applier, DESIRED, live(manager, ""));

        assertThat(Inline.found(pair)).containsExactly(sort + " data.old");
    }

    @Test
    void another_reconciler_that_adds_something_is_told_as_one() {
        Difference found =
                Inline.only(Inline.pair("argocd-controller", DESIRED, live("helm-controller", "")));

        assertThat(found.owner().type()).isEqualTo(Owner.Type.RECONCILER);
        assertThat(found.owner().manager()).isEqualTo("helm-controller");
        assertThat(found.rule()).isEqualTo("added");
    }

    @Test
    void what_git_once_named_and_the_applier_still_owns_was_left_behind() {
        // Given
        String with = DESIRED.replace("{k: v}", "{k: v, old: x}");
        String without = DESIRED.replace("{k: v}", "{k: w}");

        // When, Then
        assertThat(Inline.found(Inline.pair(Inline.before("ci", with), DESIRED, live("ci", ""))))
                .containsExactly("extra-owned data.old");
        assertThat(
                        Inline.found(
                                Inline.pair(
                                        Inline.before("ci", without, with),
                                        DESIRED,
                                        live("ci", ""))))
                .containsExactly("extra-owned data.old");
    }

    @Test
    void what_git_never_named_came_along_with_an_update_by_the_applier() {
        Comparison pair =
                Inline.pair(Inline.before("ci", DESIRED, DESIRED), DESIRED, live("ci", ""));

        assertThat(Inline.found(pair)).containsExactly("controlled data.old");
    }

    @Test
    void the_copy_of_the_manifest_in_the_annotation_is_history_too() {
        // Given
        String named = lastApplied("{\"data\": {\"k\": \"v\", \"old\": \"x\"}}");
        String unnamed = lastApplied("{\"data\": {\"k\": \"v\"}}");

        // When, Then
        assertThat(Inline.found(Inline.pair("ci", DESIRED, live("ci", named))))
                .containsExactly("extra-owned data.old");
        assertThat(Inline.found(Inline.pair("ci", DESIRED, live("ci", unnamed))))
                .containsExactly("controlled data.old");
    }

    /// Nothing is known then of what was applied before, so the applier's key counts.
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "7", "[]", "no JSON"})
    void a_copy_of_the_manifest_that_cannot_be_read_is_no_history(String copy) {
        Comparison pair = Inline.pair("ci", DESIRED, live("ci", lastApplied(copy)));

        assertThat(Inline.found(pair)).containsExactly("extra-owned data.old");
    }

    /// It asked for git's value last, and for the cluster's before: an older state came back.
    @Test
    void a_value_that_the_applier_once_asked_for_was_not_changed_by_admission() {
        // Given
        String older = DESIRED.replace("{k: v}", "{k: w}");
        String live =
                """
                {apiVersion: v1, kind: ConfigMap, data: {k: w}, metadata: {
                  name: a, namespace: a, managedFields: [
                    {manager: ci, operation: Apply, time: '2026-01-01T00:00:00Z',
                     fieldsV1: {'f:data': {'f:k': {}}}}]}}
                """;

        // When, Then
        assertThat(Inline.found(Inline.pair(Inline.before("ci", DESIRED), DESIRED, live)))
                .containsExactly("overlay data.k");
        assertThat(Inline.found(Inline.pair(Inline.before("ci", DESIRED, older), DESIRED, live)))
                .containsExactly("changed data.k");
    }
}
