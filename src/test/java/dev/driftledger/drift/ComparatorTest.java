package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.model.Json;
import dev.driftledger.testkit.GoldenCases;
import dev.driftledger.testkit.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The golden cases under `src/test/resources/drift/ComparatorTest`, and what holds for any input.
class ComparatorTest {
    private static final Schemas SCHEMAS = ComparatorCases.SCHEMAS;

    @TestFactory
    List<DynamicTest> golden() {
        return ComparatorCases.folders().stream()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> check(folder)))
                .toList();
    }

    /// With `-Ddriftledger.golden=write` the verdicts are written anew, to be reviewed as a diff.
    private static void check(Path folder) throws IOException {
        String actual = written(ComparatorCases.comparison(folder));
        if ("write".equals(System.getProperty("driftledger.golden"))) {
            Files.writeString(folder.resolve(ComparatorCases.VERDICT), actual);
        }
        assertThat(actual).isEqualTo(GoldenCases.read(folder, ComparatorCases.VERDICT));
    }

    @Test
    @Tag("random")
    void no_json_on_any_side_makes_it_throw() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Comparison comparison = anything(random);
            try {
                Verdict verdict = Comparator.compare(comparison);
                assertThat(verdict).isNotNull();
                if (i % 4 == 0) {
                    assertThat(Explanation.of(comparison).verdict()).isEqualTo(verdict);
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", round " + i + ": " + comparison, e);
            }
        }
    }

    /// Objects that have nothing to do with each other, and copies in which a few nodes are others.
    private static Comparison anything(Random random) {
        ObjectNode desired = RandomJson.object(random, 5);
        return new Comparison(
                desired,
                other(desired, random),
                new Comparison.Background(
                                random.nextBoolean() ? List.of() : List.of(other(desired, random)),
                                random.nextBoolean() ? null : "kubectl-edit",
                                random.nextBoolean() ? List.of() : List.of(other(desired, random)))
                        .renderedAgain(random.nextInt(3) == 0 ? other(desired, random) : null),
                Comparison.Criteria.builtIn(random.nextInt(4) == 0 ? Schemas.empty() : SCHEMAS));
    }

    private static ObjectNode other(ObjectNode desired, Random random) {
        ObjectNode other =
                random.nextInt(3) == 0 ? desired.deepCopy() : RandomJson.object(random, 5);
        RandomJson.spoil(other, random);
        return other;
    }

    @Test
    @Tag("random")
    void an_object_compared_with_itself_is_in_sync() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            ObjectNode object = RandomJson.object(random, 5);

            Verdict verdict = compare(object, object.deepCopy(), null);

            assertThat(verdict).as("seed %d: %s", seed, object).isInstanceOf(Verdict.InSync.class);
        }
    }

    @Test
    void a_last_applied_manifest_that_is_no_json_is_none() {
        // Given
        String last = KnownMetadata.LAST_APPLIED;
        for (String text : List.of("{\"spec\":1e99999999999}", "{", "[".repeat(600), "\u0000")) {
            ObjectNode live = withEnvironment(2, "a");
            live.withObject("/metadata").putObject("annotations").put(last, text);

            // When
            Verdict verdict = compare(withEnvironment(1, "a"), live, null);

            // Then
            assertThat(verdict).isInstanceOf(Verdict.Drifted.class);
        }
    }

    @Test
    void what_nests_deeper_than_the_limit_is_unknown() {
        // Given
        ObjectNode desired = deep(5000, "a");
        ObjectNode live = deep(5000, "b");

        // When
        Verdict verdict = compare(desired, live, null);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void five_thousand_list_items_that_all_differ_are_all_found() {
        // Given
        ObjectNode desired = withEnvironment(5000, "a");
        ObjectNode live = withEnvironment(5000, "b");

        // When
        Verdict verdict = compare(desired, live, null);

        // Then
        assertThat(((Verdict.Drifted) verdict).differences()).hasSize(5000);
    }

    private static ObjectNode withEnvironment(int count, String value) {
        ObjectNode deployment =
                Manifests.one(
                        """
                        {apiVersion: apps/v1, kind: Deployment, metadata: {name: a},
                         spec: {template: {spec: {containers: [{name: c}]}}}}
                        """);
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers").get(0);
        ArrayNode variables = container.putArray("env");
        for (int i = 0; i < count; i++) {
            variables.addObject().put("name", "V" + i).put("value", value);
        }
        return deployment;
    }

    private static ObjectNode deep(int depth, String leaf) {
        JsonNode inner = JsonNodeFactory.instance.textNode(leaf);
        for (int i = 0; i < depth; i++) {
            inner = JsonNodeFactory.instance.objectNode().set("a", inner);
        }
        ObjectNode object = Manifests.one("{apiVersion: a.example/v1, kind: Deep}");
        return object.set("spec", inner);
    }

    private static Verdict compare(ObjectNode desired, ObjectNode live, @Nullable String applier) {
        return Comparator.compare(
                new Comparison(
                        desired,
                        live,
                        Comparison.Background.appliedBy(applier),
                        Comparison.Criteria.builtIn(SCHEMAS)));
    }

    private static String written(Comparison comparison) throws IOException {
        Judgement judgement = Comparator.judge(comparison);
        Verdict verdict = judgement.verdict();
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("verdict", verdict.getClass().getSimpleName());
        switch (verdict) {
            case Verdict.InSync(List<Difference> notes, Verdict.Certainty certainty) -> {
                out.put("certainty", certainty.name());
                notes.forEach(note -> out.withArray("/notes").add(line(note)));
            }
            case Verdict.Ignored(List<Difference> notes, Verdict.Certainty certainty) -> {
                out.put("certainty", certainty.name());
                notes.forEach(note -> out.withArray("/notes").add(line(note)));
            }
            case Verdict.Drifted drifted -> {
                out.put("certainty", drifted.certainty().name());
                drifted.differences().forEach(d -> out.withArray("/differences").add(line(d)));
                drifted.notes().forEach(note -> out.withArray("/notes").add(line(note)));
            }
            case Verdict.Unknown(String reason) -> out.put("reason", reason);
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _ -> {}
        }
        for (Hiding hiding : judgement.hidings()) {
            out.withArray("/hidings")
                    .addObject()
                    .put("rule", hiding.rule())
                    .put("reason", hiding.reason())
                    .put("fieldsCount", hiding.fieldsCount())
                    .put("digest", hiding.digest().hex())
                    .put("everything", hiding.everything());
        }
        problems(comparison.criteria().rules().problems(), out, "/ruleProblems");
        problems(judgement.problems(), out, "/problems");
        return Json.shared().writerWithDefaultPrettyPrinter().writeValueAsString(out) + "\n";
    }

    private static void problems(List<RuleProblem> problems, ObjectNode out, String where) {
        for (RuleProblem problem : problems) {
            out.withArray(where).add(problem.rule() + ": " + problem.message());
        }
    }

    private static ObjectNode line(Difference difference) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("path", difference.path());
        line.put("kind", difference.kind().name());
        line.set("desired", difference.desired());
        line.set("live", difference.live());
        Owner owner = difference.owner();
        String manager = owner.manager() == null ? "" : " " + owner.manager();
        line.put("owner", owner.type().label() + manager);
        line.put("severity", difference.severity().label());
        line.put("rule", difference.rule());
        return line;
    }
}
