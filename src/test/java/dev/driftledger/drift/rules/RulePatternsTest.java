package dev.driftledger.drift.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.jq.JqPath;
import dev.driftledger.testkit.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small languages of rules: globs, regular expressions, selectors, pointers, paths; and how
/// much of them is taken.
class RulePatternsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "][a] | ]a | true",
                "a}* | a}b | true",
                "a,* | a,b | true",
                "a,* | a | false",
                "{a,b}, | b, | true",
                "{a{b,c},d}x | acx | true",
                "{a{b,c},d}x | dx | true",
                "{a{b,c},d}x | abc | false",
                "[\\^&] | \\ | true",
                "[\\^&] | ^ | true",
                "[\\^&] | & | true",
                "[\\^&] | x | false",
                "[a[] | [ | true",
                "[a!] | ! | true",
                "*a\\ | xa\\ | true",
                "\\? | x | false",
                "? | é | true"
            })
    void globs_take_signs_for_what_they_are(String glob, String text, boolean matches)
            throws RuleException {
        assertThat(Glob.of(glob).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "a[b", "{a", "{a,{b}"})
    void globs_without_an_end_are_refused(String glob) {
        assertThatThrownBy(() -> Glob.of(glob)).isInstanceOf(RuleException.class);
    }

    @Test
    void a_glob_without_signs_is_a_text() throws RuleException {
        assertThat(Glob.of("apps").literal()).isEqualTo("apps");
        assertThat(Glob.of("app*").literal()).isNull();
        assertThat(new GlobTarget(Glob.of("apps"), Glob.of("X"), null, null).onlyKind())
                .isEqualTo("apps/X");
        assertThat(new GlobTarget(Glob.of("*"), Glob.of("X"), null, null).onlyKind()).isNull();
        assertThat(new GlobTarget(Glob.of("apps"), Glob.of("*"), null, null).onlyKind()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{2}b{3}",
                "a{200}b{100}",
                "9{2}9{2}9{2}9{2}9{2}9{2}",
                "x{12",
                "{,5}",
                "a{0,3}"
            })
    void expressions_that_repeat_little_are_taken(String regex) {
        assertThatCode(() -> Expressions.compile(regex, 0)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{100}b{300}", "a{999}b{999}", "a{201}b{100}", "a{1,200}b{1,101}"})
    void expressions_that_repeat_much_are_refused(String regex) {
        assertThatThrownBy(() -> Expressions.compile(regex, 0))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("repeats more than 20000 times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b | a.b | true",
                "a.b | a.b.c | true",
                "a.b | a.b[0] | true",
                "a.b | a.bc | false",
                "a.b | a | false",
                "a.*.c | a.b.c | true",
                "a.*.c | a.b.x.c | false",
                "*.c | a.b.c | false",
                "a.**.c | a.b.x.c | true",
                "m[x*].c | m[x.y/z].c | true",
                "m[x*].c | m[y].c | false",
                "m[x*].c | m[x][y].c | false",
                "m[x].*.c | m[x].b.c | true",
                "m[x].*.c | m[x].b[y.c | false",
                "m[x].*.c | m[x].b.x.c | false",
                "m[x].a*c | m[x].a.c | false",
                "m[].c | m[any.thing].c | true",
                "m[].c | m[a][b].c | false",
                "a+b | aab | false"
            })
    void paths_cover_what_they_name_and_what_lies_below(String path, String field, boolean covers)
            throws RuleException {
        assertThat(FieldPattern.of(path).covers(field)).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size > 3 | false",
                "size < 3 | false",
                "size > 2 | true",
                "size < 4 | true",
                "size > -5 | true",
                "missing > 0 | false",
                "missing < 0 | false",
                "app > 1 | false",
                "app < 1 | false",
                "number=1 | false",
                "!number | true",
                "empty= | true",
                "'' | true"
            })
    void selectors_compare_whole_numbers_and_only_texts(String selector, boolean matches)
            throws RuleException {
        ObjectNode labels = Manifests.one("{app: cart, size: '3', number: 1, empty: ''}");
        assertThat(LabelSelector.of(selector).matches(labels)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | \"\"",
                "/ | \"\"",
                "/a~0b~1c | \"\"",
                "a/b | 'a/b' does not begin with /, so its first step is skipped",
                "~ | '~' does not begin with /, so its first step is skipped",
                "/a~ | '/a~' has a ~ that is neither ~0 nor ~1, so it stands for itself",
                "/a~2 | '/a~2' has a ~ that is neither ~0 nor ~1, so it stands for itself",
                "/~0~b | '/~0~b' has a ~ that is neither ~0 nor ~1, so it stands for itself"
            })
    void a_pointer_says_what_is_odd_about_it(String pointer, String flaw) {
        String found = PatchPointer.flaw(pointer);
        assertThat(found == null ? "" : found).isEqualTo(flaw);
    }

    @Test
    void texts_are_taken_up_to_their_limits() {
        assertLimit(256, n -> Glob.of("a".repeat(n)));
        assertLimit(4096, n -> Expressions.compile("a".repeat(n), 0));
        assertLimit(4096, n -> LabelSelector.of("a".repeat(n)));
        assertLimit(8192, n -> PatchPointer.of("/" + "a".repeat(n - 1)));
        assertLimit(4096, n -> JqPath.of("." + "a".repeat(n - 1)));
    }

    @Test
    void our_own_rules_are_taken_up_to_their_limits() {
        // Given
        String hundred = "[" + String.join(",", numbered(100)) + "]";
        String more = "[" + String.join(",", numbered(101)) + "]";
        String long500 = "x".repeat(500);

        // When, Then
        assertThat(own("{id: r, reason: x, target: {kind: X}, paths: " + hundred + "}")).isEmpty();
        assertThat(own("{id: r, reason: x, target: {kind: X}, paths: " + more + "}"))
                .singleElement()
                .extracting(RuleProblem::message)
                .asString()
                .startsWith("paths needs 1 to 100 paths");
        assertThat(own("{id: r, reason: " + long500 + ", target: {kind: X}, paths: [a]}"))
                .isEmpty();
        assertThat(own("{id: r, reason: " + long500 + "x, target: {kind: X}, paths: [a]}"))
                .containsExactly(
                        new RuleProblem("r", "reason must be a text of 1 to 500 characters"));
    }

    @Test
    void our_own_rules_with_unknown_fields_are_not_used() {
        assertThat(
                        own(
                                "{reason: x, target: {kind: X}, paths: [a]},"
                                        + " {reason: x, target: {kind: X}, paths: [a]},"
                                        + " {id: a, more: 1, reason: x, target: {kind: X}},"
                                        + " {id: b, reason: x, target: {kind: X, labels: 1},"
                                        + " paths: [a]}, {id: c, reason: x, target: {kind: X},"
                                        + " paths: [a]}, {id: c, reason: x, target: {kind: X},"
                                        + " paths: [a]}"))
                .extracting(problem -> problem.rule() + ": " + problem.message())
                .containsExactly(
                        "f rule 1: id must be a text of 1 to 500 characters",
                        "f rule 2: id must be a text of 1 to 500 characters",
                        "a: more is not known, known are [differences, expires, id, managers,"
                                + " owners, paths, reason, target]",
                        "b: target.labels is not known, known are [group, kind, name, namespace]",
                        "c: a second rule of this name is not used");
    }

    @Test
    void a_set_takes_ten_thousand_rules_and_says_once_that_there_are_more() {
        // Given
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 10_002; i++) {
            all.add("{id: r" + i + ", reason: x, target: {kind: X}, paths: [a]}");
        }

        // When
        List<RuleProblem> within = own(String.join(",", all.subList(0, 10_000)));
        List<RuleProblem> beyond = own(String.join(",", all));

        // Then
        assertThat(within).isEmpty();
        assertThat(beyond)
                .containsExactly(
                        new RuleProblem(
                                "f", "more than 10000 rules; r10001 and later ones are not used"));
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i).toList();
    }

    private static List<RuleProblem> own(String rules) {
        ObjectNode document =
                Manifests.one(
                        "{apiVersion: driftledger.dev/v1, kind: IgnoreRules, rules: ["
                                + rules
                                + "]}");
        return RuleSet.parse(List.of(document), "f", Manifests::one).problems();
    }

    private interface Reading {
        void read(int length) throws RuleException;
    }

    private static void assertLimit(int limit, Reading reading) {
        ThrowingCallable beyond = () -> reading.read(limit + 1);
        assertThatCode(() -> reading.read(limit)).doesNotThrowAnyException();
        assertThatThrownBy(beyond)
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("more than " + limit + " characters");
    }
}
