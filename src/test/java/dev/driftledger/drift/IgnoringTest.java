package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What rules hide of a comparison, which of them is told to have hidden it, and what still counts.
class IgnoringTest {
    /// An object of a kind that no schema describes.
    private static String thing(String spec) {
        return "{apiVersion: a.example/v1, kind: Thing,"
                + " metadata: {name: a, namespace: a, labels: {x: y}}, spec: "
                + spec
                + "}";
    }

    /// Rules as an Application of Argo CD has them: `jsonPointers: […]`.
    private static Judgement argo(String rules, String desired, String live) {
        String application =
                "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop},"
                        + " spec: {ignoreDifferences: [{group: '*', kind: '*', "
                        + rules
                        + "}]}}";
        return Comparator.judge(Inline.ignoring(application, Inline.pair(desired, live)));
    }

    /// A rule of our own: `paths: […]`.
    private static Judgement own(String rule, String desired, String live) {
        String rules =
                "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: [{id: r, reason: x,"
                        + " target: {group: '*', kind: '*'}, "
                        + rule
                        + "}]}";
        return Comparator.judge(Inline.ignoring(rules, Inline.pair(desired, live)));
    }

    private static List<String> notes(Judgement judgement) {
        return Spelling.notes(judgement.verdict()).stream()
                .filter(each -> each.kind() == Difference.Kind.IGNORED)
                .map(each -> each.rule().substring("ignore:argocd:shop/1/".length()))
                .toList();
    }

    private static List<String> counted(Judgement judgement) {
        return judgement.verdict() instanceof Verdict.Drifted drifted
                ? drifted.differences().stream().map(Difference::path).toList()
                : List.of();
    }

    /// The first rule takes out something in which nothing differs, so it is not to blame.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/list/1/v | [{name: p, v: 1}, {name: q, v: 1}]"
                        + " | [{name: p, v: 1}, {name: q, v: 2}]",
                "/spec/list/1/v | [{v: 1}, {v: 1}] | [{v: 1}, {v: 2}]",
                "/spec/list/1/v | [{name: p}, {v: 1}] | [{name: p}, {v: 2}]",
                "/spec/list/1 | [1, 2] | [1, 3]",
                "/spec/list | [1, 2] | [1, 3, 4]"
            })
    void the_rule_that_took_the_difference_out_is_told_to_have_hidden_it(
            String pointer, String desired, String live) {
        Judgement judgement =
                argo(
                        "jsonPointers: [/metadata/labels/x, " + pointer + "]",
                        thing("{list: " + desired + "}"),
                        thing("{list: " + live + "}"));

        assertThat(judgement.verdict()).isInstanceOf(Verdict.Ignored.class);
        assertThat(notes(judgement)).containsExactly("pointer/2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {ports: [{port: 80, name: a}, {port: 53, protocol: UDP, name: b}]}"
                        + " | /spec/ports/1/name",
                "metadata: {finalizers: [a.example/x]} | /metadata/finalizers/0",
                "spec: {externalIPs: [10.0.0.1]} | /spec/externalIPs/0"
            })
    void items_are_named_by_the_keys_that_the_schema_gives_them(String part, String pointer) {
        // Given
        String service = "{apiVersion: v1, kind: Service, metadata: {name: a, labels: {x: y}}}";
        String desired = merged(service, part);
        String live = merged(service, part.replace("name: b", "name: c").replace("0.1]", "0.2]"));
        String gone = merged(service, part.replace("[a.example/x]", "[]"));

        // When
        Judgement judgement =
                argo(
                        "jsonPointers: [/metadata/labels/x, " + pointer + "]",
                        desired,
                        live.equals(desired) ? gone : live);

        // Then
        assertThat(notes(judgement)).containsExactly("pointer/2");
    }

    private static String merged(String object, String part) {
        return part.startsWith("metadata")
                ? object.replace("labels: {x: y}", "labels: {x: y}, " + part.substring(11))
                        .replace("}}}", "}}")
                : object.replace("}}}", "}}, " + part + "}");
    }

    @Test
    void items_after_those_that_a_rule_took_out_are_named_by_their_first_places() {
        // Given
        String rules = "jqPathExpressions: ['.spec.list[0]', '.spec.list[0].v']";
        String desired = thing("{list: [{v: 1}, {v: 1}, {v: 1}]}");
        String live = thing("{list: [{v: 1}, {v: 2}, {v: 3}]}");

        // When
        Judgement judgement = argo(rules, desired, live);

        // Then
        assertThat(counted(judgement)).containsExactly("spec.list[2].v");
        assertThat(notes(judgement)).containsExactly("jq/2");
    }

    @Test
    void a_field_that_only_begins_like_another_is_another() {
        // Given
        String desired = thing("{image: a, imageTag: a}");
        String live = thing("{image: b, imageTag: b}");

        // When
        Judgement one = argo("jsonPointers: [/spec/image]", desired, live);
        Judgement both = argo("jsonPointers: [/spec/image, /spec/imageTag]", desired, live);

        // Then
        assertThat(counted(one)).containsExactly("spec.imageTag");
        assertThat(notes(one)).containsExactly("pointer/1");
        assertThat(notes(both)).containsExactly("pointer/1", "pointer/2");
    }

    @Test
    void of_a_node_that_is_gone_the_rest_counts_when_a_rule_hides_a_part_of_it() {
        // Given
        String desired = thing("{box: {secret: 1, open: 2}}");

        // When
        Judgement judgement = argo("jsonPointers: [/spec/box/secret]", desired, thing("{}"));

        // Then
        Verdict.Drifted drifted = (Verdict.Drifted) judgement.verdict();
        assertThat(counted(judgement)).containsExactly("spec.box");
        assertThat(Objects.requireNonNull(drifted.differences().getFirst().desired()).toString())
                .isEqualTo("{\"open\":2}");
        assertThat(notes(judgement)).containsExactly("pointer/1");
    }

    @Test
    void a_rule_that_takes_out_nothing_of_a_difference_leaves_it_as_it_was() {
        // Given
        String rules = "jsonPointers: [/metadata/labels/x]";

        // When
        Judgement judgement = argo(rules, thing("{box: {a: 1}}"), thing("{}"));

        // Then
        assertThat(counted(judgement)).containsExactly("spec.box");
        assertThat(notes(judgement)).isEmpty();
        assertThat(judgement.hidings()).isEmpty();
    }

    @Test
    void a_rule_about_one_path_leaves_the_others() {
        Judgement judgement =
                own("paths: [spec.a, spec.c]", thing("{a: 1, b: 1}"), thing("{a: 2, b: 2}"));

        assertThat(counted(judgement)).containsExactly("spec.b");
        assertThat(judgement.hidings()).extracting(Hiding::fieldsCount).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paths: [spec] | true",
                "paths: [spec.a] | false",
                "paths: ['metadata.labels', spec.a] | false",
                "paths: ['spec.a', '**'] | true",
                "paths: ['*.a'] | false"
            })
    void hiding_all_of_the_spec_is_told_as_hiding_everything(String rule, boolean everything) {
        Judgement judgement = own(rule, thing("{a: 1}"), thing("{a: 2}"));

        assertThat(judgement.hidings()).extracting(Hiding::everything).containsExactly(everything);
    }

    /// A rule about some differences, or by some owners, that leaves others to be seen.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "differences: [changed] | {a: 1, b: 1} | {a: 2} | false",
                "differences: [changed] | {a: 1, b: 1} | {a: 2, b: 1} | true",
                "differences: [changed, removed, extra-owned, overlay] | {a: 1} | {a: 2} | true",
                "differences: [changed], paths: [spec] | {a: 1, b: 1} | {a: 2} | false",
                "differences: [changed], paths: [spec] | {a: 1, b: 1} | {a: 2, b: 1} | true",
                "differences: [changed], owners: [unknown] | {a: 1, b: 1} | {a: 2} | false"
            })
    void a_narrow_rule_hides_everything_only_where_nothing_is_left(
            String rule, String desired, String live, boolean everything) {
        Judgement judgement = own(rule, thing(desired), thing(live));

        assertThat(judgement.hidings()).extracting(Hiding::everything).containsExactly(everything);
    }

    @Test
    void a_narrow_rule_that_hides_a_label_does_not_hide_everything() {
        String live = thing("{}").replace("x: y", "x: z");

        Judgement judgement = own("differences: [changed, unmanaged]", thing("{}"), live);

        assertThat(judgement.verdict()).isInstanceOf(Verdict.Ignored.class);
        assertThat(judgement.hidings()).extracting(Hiding::everything).containsExactly(false);
    }

    @Test
    void hiding_labels_is_never_hiding_everything() {
        Judgement judgement =
                own("paths: [metadata]", thing("{}"), thing("{}").replace("x: y", "x: z"));

        assertThat(judgement.verdict()).isInstanceOf(Verdict.Ignored.class);
        assertThat(judgement.hidings()).extracting(Hiding::everything).containsExactly(false);
    }

    @ParameterizedTest
    @CsvSource({"/spec, true", "/spec/a, false", "/metadata, false"})
    void taking_out_all_of_the_spec_is_hiding_everything(String pointer, boolean everything) {
        // Given
        String live = thing("{a: 2}").replace("x: y", "x: z");

        // When
        Judgement judgement = argo("jsonPointers: [" + pointer + "]", thing("{a: 1}"), live);

        // Then
        assertThat(judgement.hidings()).extracting(Hiding::everything).containsExactly(everything);
    }

    @Test
    void notes_stand_in_the_order_of_their_paths_whichever_rule_hid_them() {
        // Given
        String desired = thing("{a: 1, b: 1, c: 1}");

        // When
        Judgement judgement =
                argo("jsonPointers: [/spec/c, /spec/a, /spec/b]", desired, thing("{a: 2, c: 2}"));

        // Then
        assertThat(Spelling.notes(judgement.verdict()))
                .extracting(Difference::path)
                .containsExactly("spec.a", "spec.b", "spec.c");
        assertThat(notes(judgement)).containsExactly("pointer/2", "pointer/3", "pointer/1");
    }

    @Test
    void managers_are_trusted_with_what_they_changed_not_with_what_they_added() {
        // Given
        String owner =
                "labels: {x: y}, managedFields: [{manager: tuner, operation: Update, time:"
                        + " '2026-01-01T00:00:00Z', fieldsV1: {'f:spec': {'f:a': {}, 'f:b': {}}}}]";
        String live = thing("{a: 2, b: 2}").replace("labels: {x: y}", owner);

        // When
        Judgement judgement = argo("managedFieldsManagers: [tuner]", thing("{a: 1}"), live);

        // Then
        assertThat(counted(judgement)).containsExactly("spec.b");
        assertThat(Spelling.notes(judgement.verdict()))
                .extracting(Difference::path)
                .containsExactly("spec.a");
        assertThat(judgement.hidings()).extracting(Hiding::everything).containsExactly(false);
    }

    @Test
    void a_difference_that_a_rule_hides_says_so() {
        // Given
        Judgement judgement = own("paths: [spec.a]", thing("{a: 1}"), thing("{a: 2}"));

        // When
        Difference note = Spelling.notes(judgement.verdict()).getFirst();

        // Then
        assertThat(note.isIgnoredBy("r")).isTrue();
        assertThat(note.isIgnoredBy("r2")).isFalse();
        assertThat(Inline.only(Inline.pair(thing("{a: 1}"), thing("{a: 2}"))).isIgnoredBy("r"))
                .isFalse();
    }
}
