package dev.driftledger.drift.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What rules are read, which objects they are about, and what hostile ones cost.
class RuleSetTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*, anything.example/x, true",
                "app*, apps, true",
                "app?, apps, true",
                "[ab]pps, apps, true",
                "[!ab]pps, apps, false",
                "[a-c]pps, apps, true",
                "\"{apps,batch}\", batch, true",
                "\"{apps,batch}\", core, false",
                "a\\*, a*, true",
                "a\\*, ab, false",
                "apps, Apps, false",
                "a.b, axb, false"
            })
    void globs_match_as_gobwas_has_them(String glob, String text, boolean matches)
            throws RuleException {
        assertThat(Glob.of(glob).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app | true",
                "!app | false",
                "app=cart | true",
                "app == cart , tier!=back | true",
                "missing!=x | true",
                "missing=x | false",
                "tier in (front, back) | true",
                "tier notin (front) | false",
                "missing notin (a) | true",
                "size > 2 | true",
                "size < 2 | false",
                "example.com/a-b = 1 | true"
            })
    void label_selectors_match_as_kubernetes_has_them(String selector, boolean matches)
            throws RuleException {
        ObjectNode labels =
                Manifests.one("{app: cart, tier: front, size: '3', example.com/a-b: '1'}");
        assertThat(LabelSelector.of(selector).matches(labels)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a=b,", "in (", "a in b", ",", "a > x", "=b", "a=b c=d"})
    void what_is_no_label_selector_is_refused(String selector) {
        assertThatThrownBy(() -> LabelSelector.of(selector)).isInstanceOf(RuleException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a~1b | [a/b]",
                "/m~0n | [m~n]",
                "/c~2d | [c~2d]",
                "/list/0 | [list, 0]",
                "/list/-1 | [list, 1]",
                "/list/+1 | [list, 1]",
                "/list/2 |",
                "/list/-3 |",
                "/list/- |",
                "/list/x |",
                "/missing/x |",
                "x/list | [list]",
                "x |",
                "/a~1b/deeper |"
            })
    void pointers_find_what_json_patch_removes(String pointer, @Nullable String path)
            throws RuleException {
        ObjectNode object = Manifests.one("{a/b: 1, m~n: 2, c~2d: 3, list: [x, y]}");
        List<Object> found = PatchPointer.of(pointer).find(object);
        assertThat(found == null ? null : found.toString()).isEqualTo(path);
    }

    @Test
    void a_rule_ends_when_its_time_has_come() {
        // Given
        RuleSet rules = RuleSet.parse(own("expires: '2026-06-01T10:00:00Z',"), "f", Manifests::one);

        // When
        RuleSet before = rules.at(Instant.parse("2026-06-01T09:59:59Z"));
        RuleSet after = rules.at(Instant.parse("2026-06-01T10:00:00Z"));

        // Then
        assertThat(rules.nextExpiry()).isEqualTo(Instant.parse("2026-06-01T10:00:00Z"));
        assertThat(before.isEmpty()).isFalse();
        assertThat(after.isEmpty()).isTrue();
        assertThat(after.problems()).extracting(RuleProblem::rule).containsExactly("r");
    }

    @Test
    void finding_rules_for_one_kind_does_not_look_at_those_for_others() {
        // Given
        List<ObjectNode> documents = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            documents.add(
                    Manifests.one(
                            "{apiVersion: argoproj.io/v1alpha1, kind: Application,"
                                    + " metadata: {name: a"
                                    + i
                                    + "}, spec: {ignoreDifferences: [{group: apps, kind: K"
                                    + i
                                    + ", jsonPointers: [/spec]}]}}"));
        }
        RuleSet rules = RuleSet.parse(documents, "f", Manifests::one);

        // When
        ObjectNode object = Manifests.one("{apiVersion: apps/v1, kind: K77}");

        // Then
        assertThat(rules.about(object, object)).extracting(Rule::id).hasSize(1);
        assertThat(rules.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "(",
                "(?<=a)b",
                "(a)\\1",
                "a{1001}"
            })
    void expressions_that_cost_too_much_or_are_no_re2_are_refused(String regex) {
        assertThatThrownBy(() -> Expressions.compile(regex, 0)).isInstanceOf(RuleException.class);
    }

    @Test
    void stars_and_nested_repetitions_take_linear_time() throws RuleException {
        // Given
        String text = "a".repeat(20_000) + "!";

        // When
        boolean nested = Expressions.compile("(a+)+(a|a)*$", 0).matches(text);
        boolean stars = FieldPattern.of("**a".repeat(200) + "b").covers(text);
        boolean glob = Glob.of("*a".repeat(100) + "b").matches(text);

        // Then
        assertThat(List.of(nested, stars, glob)).containsOnly(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{kind: IgnoreRules, apiVersion: driftledger.dev/v1}",
                "{kind: IgnoreRules, apiVersion: driftledger.dev/v1, rules: 7}",
                "{kind: IgnoreRules, apiVersion: driftledger.dev/v1, rules: [7, null, [], {}]}",
                "{kind: ConfigMap, apiVersion: v1, data: {resource.customizations: '[1'}}",
                "{kind: HelmRelease, apiVersion: helm.toolkit.fluxcd.io/v2,"
                        + " spec: {driftDetection: {ignore: [{paths: [/a], target: {name: '('}}]}}}"
            })
    void odd_documents_are_problems_and_no_rules(String document) {
        // When
        RuleSet rules =
                RuleSet.parse(
                        List.of(Manifests.one(document)),
                        "f",
                        text -> {
                            throw new RuleException("no YAML");
                        });

        // Then
        assertThat(rules.problems()).isNotEmpty();
    }

    private static List<ObjectNode> own(String more) {
        return List.of(
                Manifests.one(
                        "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: [{id: r, "
                                + more
                                + " reason: x, target: {kind: '*'}, paths: [spec]}]}"));
    }
}
