package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDataTest {
    private static String secret(String rest) {
        return "{apiVersion: v1, kind: Secret, type: Opaque, metadata: {name: a, namespace: a}, "
                + rest
                + "}";
    }

    private static Verdict verdict(String desired, String live) {
        return Comparator.compare(Inline.pair(desired, live));
    }

    @Test
    void what_stands_in_string_data_wins_over_the_same_key_in_data() {
        // Given
        String both = secret("data: {k: b2xk, other: eA==}, stringData: {k: new}");

        // When, Then
        assertThat(verdict(both, secret("data: {k: bmV3, other: eA==}")))
                .isInstanceOf(Verdict.InSync.class);
        assertThat(Inline.found(Inline.pair(both, secret("data: {k: b2xk, other: eA==}"))))
                .containsExactly("changed data.k");
    }

    @Test
    void fingerprints_under_two_keys_cannot_be_compared_and_both_keys_are_named() {
        // Given
        String desired = secret("stringData: {k: 'hmac-sha256:k1:aa'}");
        String live = secret("data: {k: 'hmac-sha256:k2:aa'}");

        // When
        Verdict verdict = verdict(desired, live);

        // Then
        assertThat(verdict)
                .isEqualTo(
                        new Verdict.Unknown(
                                "its values are fingerprints under different keys (k1 and k2),"
                                        + " which cannot be compared"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{k: 'hmac-sha256:k1:aa'} | {k: 'hmac-sha256:k1:bb'} | changed data.k",
                "{k: 'hmac-sha256:k1:aa'} | {k: YmI=} | changed data.k",
                "{k: YWE=} | {k: 'hmac-sha256:k2:bb'} | changed data.k",
                "{k: 'hmac-sha256:cut'} | {k: 'hmac-sha256:k2:bb'} | changed data.k",
                "{k: 'hmac-sha256:k1:aa'} | {k: ''} | changed data.k",
                "{k: 'hmac-sha256:k1:aa'} | {} | removed data.k"
            })
    void values_of_which_not_both_are_fingerprints_can_be_compared(
            String desired, String live, String found) {
        Comparison pair = Inline.pair(secret("data: " + desired), secret("data: " + live));

        assertThat(Inline.found(pair)).containsExactly(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"apiVersion: v1, kind: ConfigMap", "apiVersion: a.example/v1, kind: Secret"})
    void texts_like_fingerprints_are_just_texts_in_what_is_no_secret(String type) {
        // Given
        String object = "{%s, metadata: {name: a, namespace: a}, data: {k: '%s'}}";
        String desired = object.formatted(type, "hmac-sha256:k1:aa");
        String live = object.formatted(type, "hmac-sha256:k2:aa");

        // When, Then
        assertThat(Inline.found(Inline.pair(desired, live))).containsExactly("changed data.k");
    }

    @Test
    void string_data_of_what_is_no_secret_of_kubernetes_is_a_field_like_any_other() {
        // Given
        String other = "{apiVersion: a.example/v1, kind: Secret, stringData: {k: v}}";
        String live = "{apiVersion: a.example/v1, kind: Secret, data: {k: dg==}}";

        // When, Then
        assertThat(verdict(other, other)).isInstanceOf(Verdict.InSync.class);
        assertThat(Inline.found(Inline.pair(other, live))).contains("removed stringData");
    }

    @Test
    void a_secret_that_git_leaves_empty_and_somebody_filled_has_drifted() {
        // Given
        String live =
                """
                {apiVersion: v1, kind: Secret, type: Opaque, data: {k: dg==}, metadata: {
                  name: a, namespace: a, managedFields: [{manager: kubectl-edit,
                    operation: Update, fieldsV1: {'f:data': {'f:k': {}}}}]}}
                """;

        // When, Then
        assertThat(Inline.found(Inline.pair(secret("data: {}"), live)))
                .containsExactly("overlay data.k");
    }

    /// The API server keeps it in `data`, where no apply of the rest takes it away.
    @Test
    void a_key_that_git_took_out_of_string_data_and_that_is_still_there_was_left_behind() {
        // Given
        String before = secret("stringData: {k: v, old: x}");
        String now = secret("stringData: {k: v}");
        String copy =
                "{kubectl.kubernetes.io/last-applied-configuration: '{\"apiVersion\": \"v1\","
                        + " \"kind\": \"Secret\","
                        + " \"stringData\": {\"k\": \"v\", \"old\": \"x\"}}'}";

        // When, Then
        assertThat(Inline.found(Inline.pair(Inline.before("ci", before), now, withOld("{}"))))
                .containsExactly("extra-owned data.old");
        assertThat(Inline.found(Inline.pair(now, withOld(copy))))
                .containsExactly("extra-owned data.old");
        assertThat(Inline.found(Inline.pair(Inline.before("ci", now), now, withOld("{}"))))
                .containsExactly("controlled data.old");
    }

    private static String withOld(String annotations) {
        return """
        {apiVersion: v1, kind: Secret, type: Opaque, data: {k: dg==, old: eA==},
         metadata: {name: a, namespace: a, annotations: NOTES, managedFields: [{manager: ci,
           operation: Update, fieldsV1: {'f:data': {'f:k': {}, 'f:old': {}}}}]}}
        """
                .replace("NOTES", annotations);
    }

    /// The applier owns what it never asked for, so admission put the real value there.
    @Test
    void a_value_of_string_data_that_admission_replaced_is_told_as_such() {
        // Given
        String now = secret("stringData: {k: 'vault:path'}");
        String live =
                """
                {apiVersion: v1, kind: Secret, type: Opaque, data: {k: eA==},
                 metadata: {name: a, namespace: a, managedFields: [{manager: ci,
                   operation: Apply, fieldsV1: {'f:data': {'f:k': {}}}}]}}
                """;

        // When
        Difference found = Inline.only(Inline.pair(Inline.before("ci", now), now, live));

        // Then
        assertThat(found.rule()).isEqualTo(OnTheWay.RULE);
        assertThat(found.owner().type()).isEqualTo(Owner.Type.ADMISSION);
    }

    /// A server-side apply owns `stringData`, and so nobody what is left in `data` (seen on 1.36).
    @Test
    void a_key_that_a_server_side_apply_of_string_data_left_counts_when_git_once_named_it() {
        // Given
        String live =
                """
                {apiVersion: v1, kind: Secret, type: Opaque, data: {k: dg==, old: eA==},
                 metadata: {name: a, namespace: a, managedFields: [{manager: ci,
                   operation: Apply, fieldsV1: {'f:stringData': {'f:k': {}}}}]}}
                """;
        String before = secret("data: {k: dg==, old: eA==}");
        String now = secret("stringData: {k: v}");

        // When
        Difference left = Inline.only(Inline.pair(Inline.before("ci", before), now, live));

        // Then
        assertThat(left.path()).isEqualTo("data.old");
        assertThat(left.kind()).isEqualTo(Difference.Kind.EXTRA_OWNED);
        assertThat(left.why("ci")).contains("once named");
        assertThat(Inline.found(Inline.pair(Inline.before("ci", now), now, live)))
                .containsExactly("controlled data.old");
    }

    @Test
    void who_owns_string_data_of_a_secret_owns_what_is_kept_of_it_in_data() {
        // Given
        String live =
                """
                {apiVersion: v1, kind: KIND, data: {k: eA==}, metadata: {
                  name: a, namespace: a, managedFields: [{manager: ci, operation: Apply,
                    fieldsV1: {'f:stringData': {'f:k': {}}, 'f:data': {'f:z': {}}}}]}}
                """;
        ObjectNode secret = Manifests.one(live.replace("KIND", "Secret"));
        ObjectNode other = Manifests.one(live.replace("KIND", "ConfigMap"));
        ObjectNode wiped = secret.deepCopy();
        wiped.withObject("/metadata").remove("managedFields");

        // When, Then
        assertThat(FieldOwners.of(secret).entries().getFirst().paths())
                .containsOnlyKeys("data.k", "data.z");
        assertThat(FieldOwners.of(other).entries().getFirst().paths())
                .containsOnlyKeys("stringData.k", "data.z");
        assertThat(Ownership.erased(secret, wiped)).isTrue();
        assertThat(Inline.only(Inline.pair(secret("data: {k: dg==}"), secret.toString())).owner())
                .satisfies(owner -> assertThat(owner.manager()).isEqualTo("ci"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: x", "stringData: [x]"})
    void what_is_no_map_is_compared_as_it_is(String data) {
        // Given
        String live = "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: a}}";
        String desired = live.substring(0, live.length() - 1) + ", " + data + "}";

        // When, Then
        assertThat(Inline.found(Inline.pair(desired, live)))
                .containsExactly("removed " + data.substring(0, data.indexOf(':')));
    }
}
