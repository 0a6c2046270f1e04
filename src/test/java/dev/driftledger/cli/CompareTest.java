package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.RandomJson;
import dev.driftledger.model.Json;
import dev.driftledger.testkit.GoldenCases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `driftledger compare` and `driftledger why` on files: golden cases under
/// `src/test/resources/cli/CompareTest`, and what holds for all.
class CompareTest {
    private static final String VERDICT = "out-verdict.json";
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "in-applied.yaml", "--applied",
                    "in-rules.yaml", "--rules",
                    "in-crd.yaml", "--crd");

    @TempDir private Path folder;

    @TestFactory
    List<DynamicTest> golden() {
        return GoldenCases.in(
                        "cli/CompareTest",
                        Set.of("in-desired.yaml", "in-live.yaml", VERDICT, "case.md"),
                        OPTIONS.keySet())
                .stream()
                .map(each ->
                        DynamicTest.dynamicTest(each.getFileName().toString(), () -> check(each)))
                .toList();
    }

    /// With `-Ddriftledger.golden=write` the verdicts are written anew, to be reviewed as a diff.
    private static void check(Path folder) throws IOException {
        CommandRun run = run(arguments("compare", folder, "-o", "json"));
        ObjectNode report = (ObjectNode) json(run.out());
        String actual = report.put("exitCode", run.code()).toPrettyString() + "\n";
        if ("write".equals(System.getProperty("driftledger.golden"))) {
            Files.writeString(folder.resolve(VERDICT), actual);
        }
        assertThat(actual).isEqualTo(GoldenCases.read(folder, VERDICT));
    }

    @Test
    void every_case_is_explained_to_the_verdict_that_is_given() throws IOException {
        for (Path each :
                GoldenCases.in(
                        "cli/CompareTest",
                        Set.of("in-desired.yaml", "in-live.yaml", VERDICT, "case.md"),
                        OPTIONS.keySet())) {
            JsonNode compared = json(GoldenCases.read(each, VERDICT));

            CommandRun run = run(arguments("why", each, "-o", "json"));

            JsonNode explained = json(run.out()).path("explanations");
            assertThat(run.code()).as(each + run.err()).isZero();
            assertThat(explained.findValuesAsText("verdict"))
                    .as(each.toString())
                    .isEqualTo(compared.path("resources").findValuesAsText("verdict"));
            for (JsonNode explanation : explained) {
                JsonNode steps = explanation.path("steps");
                JsonNode last = steps.path(steps.size() - 1);
                assertThat(last.path("stage").asText()).isEqualTo("verdict");
                assertThat(last.path("rule")).isEqualTo(explanation.path("verdict"));
            }
        }
    }

    @Test
    void the_table_shows_each_field_with_its_owner_and_why() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("b", ""));
        Path live =
                write(
                        "live.yaml",
                        configMap(
                                "c",
                                ", managedFields: [{manager: kubectl-edit, operation: Update,"
                                        + " time: '2026-01-02T00:00:00Z',"
                                        + " fieldsV1: {'f:data': {'f:a': {}}}}]"));

        // When
        CommandRun run = run("compare", "--desired", desired.toString(), "--live", live.toString());

        // Then
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines().toList())
                .containsExactly(
                        "drifted    ConfigMap shop/a",
                        "    FIELD   GIT  CLUSTER  VERDICT  SEVERITY  "
                                + "OWNER                                             WHY",
                        "    data.a  b    c        changed  medium    "
                                + "human kubectl-edit, Update, 2026-01-02T00:00:00Z  "
                                + "git names a value and the cluster has another [field]",
                        "1 drifted in 1 field; compared by Kubernetes 1.36 (bundled)");
    }

    @Test
    void nothing_is_called_unmanaged_or_missing_on_the_strength_of_half_a_file()
            throws IOException {
        // Given
        Path whole = write("whole.yaml", configMap("b", ""));
        Path half = write("half.yaml", "kind: [\n---\n" + other());
        Path both = write("both.yaml", configMap("b", "") + "\n---\n" + other());

        // When
        CommandRun git = compare(half, both);
        CommandRun cluster = compare(whole, half);

        // Then
        assertThat(git.code()).isEqualTo(2);
        assertThat(git.out()).contains("so it may be named there").doesNotContain("unmanaged");
        assertThat(cluster.code()).isEqualTo(2);
        assertThat(cluster.out()).contains("so it may be there").doesNotContain("missing");
    }

    @Test
    void an_empty_desired_file_is_no_success() throws IOException {
        Path live = write("live.yaml", configMap("b", ""));

        CommandRun run = compare(write("empty.yaml", ""), live);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out() + run.err()).contains("--desired: holds no object");
    }

    private static String other() {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: other, namespace: shop}}";
    }

    @Test
    void secrets_under_two_keys_are_not_compared() throws IOException {
        // Given
        String pin =
                "{apiVersion: v1, kind: Secret, metadata: {name: p, namespace: shop},"
                        + " data: {p: 'hmac-sha256:%s:"
                        + "0".repeat(64)
                        + "'}}";
        Path desired = write("desired.yaml", pin.formatted("mine"));

        // When
        CommandRun same = compare(desired, desired);
        CommandRun recorded = compare(desired, write("live.yaml", pin.formatted("recording-1")));

        // Then
        assertThat(same.code()).as(same.out()).isZero();
        assertThat(recorded.code()).isEqualTo(2);
        assertThat(recorded.out()).contains("under different keys (mine and recording-1)");
    }

    @Test
    void severities_are_data_that_can_be_overridden() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("b", ""));
        Path live = write("live.yaml", configMap("c", ""));
        Path rows = write("rows.yaml", "[{kind: ConfigMap, path: data.a, severity: critical}]");
        Path wrong = write("wrong.yaml", "[{path: data.a, severity: huge}]");

        // When
        CommandRun run = compare(desired, live, "--severities", rows.toString(), "-o", "json");
        CommandRun refused = compare(desired, live, "--severities", wrong.toString());

        // Then
        assertThat(run.out()).contains("\"severity\" : \"critical\"");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("severities[0].severity must be info, low, medium");
    }

    @Test
    void a_secret_is_compared_and_never_shown() throws IOException {
        // Given
        String secret = "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: shop}, %s}";
        Path desired = write("desired.yaml", secret.formatted("stringData: {p: hunter2, q: same}"));
        Path live = write("live.yaml", secret.formatted("data: {p: b3RoZXI=, q: c2FtZQ==}"));

        // When
        CommandRun compared = compare(desired, live, "--notes");
        CommandRun explained =
                run("why", "--desired", desired.toString(), "--live", live.toString());

        // Then
        assertThat(compared.code()).isEqualTo(1);
        assertThat(compared.out()).contains("data.p").doesNotContain("data.q");
        assertThat(compared.out() + explained.out())
                .doesNotContain("hunter2", "b3RoZXI", "aHVudGVyMg", "c2FtZQ");
    }

    @Test
    void live_may_come_from_standard_input_but_only_once() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("b", ""));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(configMap("b", "").getBytes(StandardCharsets.UTF_8)));

        // When
        CommandRun run;
        CommandRun twice;
        try {
            run = run("compare", "--desired", desired.toString(), "--live", "-");
            twice = run("compare", "--desired", "-", "--live", "-");
        } finally {
            System.setIn(before);
        }

        // Then
        assertThat(run.code()).isZero();
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains("--live is - like another option");
    }

    @Test
    void documents_of_a_cluster_take_the_place_of_the_bundled_ones() throws IOException {
        // Given
        Path desired = write("desired.yaml", configMap("b", ""));
        Path openapi = folder.resolve("openapi");
        Path api = Files.createDirectories(openapi.resolve("api"));
        Files.writeString(api.resolve("v1.json"), "{\"components\": {\"schemas\": {}}}");
        Path empty = Files.createDirectories(folder.resolve("empty"));

        // When
        CommandRun run = compare(desired, desired, "--openapi", openapi.toString());
        CommandRun none = compare(desired, desired, "--openapi", empty.toString());

        // Then
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("less certain: no schema is known");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("holds 0 documents, want 1 to 2000 named such as");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        // When
        CommandRun run = run("compare", "--desired", "nowhere.yaml", "--live", "nowhere.yaml");

        // Then
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--desired nowhere.yaml is no readable file");
    }

    @Test
    void one_resource_can_be_asked_for_and_must_be_there() throws IOException {
        // Given
        String files = write("desired.yaml", configMap("b", "")).toString();

        // When
        CommandRun run = run("why", "--desired", files, "--live", files, "ConfigMap/shop/a");
        CommandRun none = run("why", "--desired", files, "--live", files, "ConfigMap/b");

        // Then
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("data.a", "both say \"b\"", "in sync");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("the files hold no object ConfigMap/b");
    }

    @Test
    void no_json_in_a_file_makes_it_throw() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Path desired = write("desired.yaml", RandomJson.node(random, 4).toString());
            Path live = write("live.yaml", RandomJson.object(random, 4).toString());

            CommandRun run = compare(desired, live, "--namespace", "a");

            assertThat(run.code()).as("seed %d, round %d", seed, i).isBetween(0, 2);
            assertThat(run.err()).as("seed %d, round %d", seed, i).doesNotContain("Exception");
        }
    }

    private static JsonNode json(String text) throws IOException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String configMap(String value, String more) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop%s},"
                        .formatted(more)
                + " data: {a: %s}}".formatted(value);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static CommandRun compare(Path desired, Path live, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("compare", "--desired", desired.toString(), "--live", live.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static String[] arguments(String command, Path folder, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add(command);
        arguments.addAll(List.of("--desired", folder.resolve("in-desired.yaml").toString()));
        arguments.addAll(List.of("--live", folder.resolve("in-live.yaml").toString()));
        OPTIONS.forEach((file, option) -> {
            if (GoldenCases.has(folder, file)) {
                arguments.addAll(List.of(option, folder.resolve(file).toString()));
            }
        });
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(arguments);
    }
}
