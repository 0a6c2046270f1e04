package dev.driftledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.testkit.KubeLab;
import dev.driftledger.testkit.SourceRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `record` writes of a real cluster, `replay` judges like the service would.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordReplayIT {
    private static final String PATH = "/api/v1/namespaces/shop/configmaps/prices";

    private @Nullable KubeLab lab;
    private @Nullable SourceRepository repository;
    private @Nullable Path folder;

    private record Run(int exit, String out, String err) {}

    @BeforeAll
    void a_human_changes_what_git_says(@TempDir Path temporary) throws IOException {
        folder = temporary;
        lab = KubeLab.start(temporary.resolve("lab"), "RecordReplayIT");
        repository = SourceRepository.make(temporary.resolve("shop"));
        repository.commit("apps/shop/prices.yaml", prices("1").toString());
        lab.access()
                .as(ClusterAccess.PLATFORM)
                .apply("/api/v1/namespaces/shop", "platform", namespace("shop"));
        repository.commit("apps/vault/pin.yaml", pin().toString());
        lab.access()
                .as(ClusterAccess.PLATFORM)
                .apply("/api/v1/namespaces/vault", "platform", namespace("vault"));
        lab.access()
                .as(ClusterAccess.CI)
                .apply("/api/v1/namespaces/vault/secrets/pin", "ci", pin());
        lab.access().as(ClusterAccess.CI).apply(PATH, "ci", prices("1"));
        ObjectNode patch = Json.shared().createObjectNode();
        patch.putObject("data").put("tea", "2");
        lab.access().as(ClusterAccess.ALICE).merge(PATH, "kubectl-edit", patch);
    }

    @AfterAll
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void with_its_repository_a_recording_says_what_drifted_and_by_whom() throws Exception {
        // Given
        Path recording = record("with.jsonl.gz", "--repo", repository().toString());

        // When
        Run run = replay(recording, "shop=apps/shop");

        // Then
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        assertThatAliceIsNamed(run);
    }

    @Test
    void without_it_git_stands_as_it_does_now_and_what_is_not_judged_is_no_success()
            throws Exception {
        // Given
        Path recording = record("without.jsonl.gz");

        // When
        Run run = replay(recording, "shop=apps/shop");
        Run vault = replay(recording, "vault=apps/vault");
        Run elsewhere = replay(recording, "shop=apps/shop", "--branch", "no-such-branch");

        // Then
        assertThat(run.err()).contains("names no commits: main is taken as it stands now");
        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        assertThatAliceIsNamed(run);
        assertThat(vault.exit()).as("a Secret under two keys: %s", vault.out()).isEqualTo(2);
        JsonNode found = Json.parse(vault.out().getBytes(StandardCharsets.UTF_8)).path("findings");
        assertThat(found)
                .extracting(f -> f.path("history").path(0).path("class").asText())
                .containsExactly("unknown");
        assertThat(elsewhere.exit()).as(elsewhere.out()).isEqualTo(2);
        assertThat(Json.parse(elsewhere.out().getBytes(StandardCharsets.UTF_8)).path("unjudged"))
                .extracting(JsonNode::asText)
                .containsExactly("none:shop:shop");
    }

    private static void assertThatAliceIsNamed(Run run) throws IOException {
        JsonNode report = Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(report.path("unjudged")).isEmpty();
        assertThat(report.path("open").asInt()).as(run.out()).isEqualTo(1);
        JsonNode last = report.path("findings").path(0).path("history").path(0);
        assertThat(last.path("path").asText()).isEqualTo("data.tea");
        assertThat(last.path("desired").asText()).isEqualTo("1");
        assertThat(last.path("live").asText()).isEqualTo("2");
        assertThat(last.path("owner").path("manager").asText()).isEqualTo("kubectl-edit");
    }

    /// Records until the list of ConfigMaps is whole, which takes as long as the machine makes it.
    private Path record(String name, String... more) throws Exception {
        for (String time : List.of("8s", "30s", "90s")) {
            Path file = folder().resolve(time + "-" + name);
            CommandLine command = new CommandLine(new RecordCommand());
            command.setOut(new PrintWriter(new StringWriter()));
            int exit =
                    command.execute(
                            with(
                                    more,
                                    "-o",
                                    file.toString(),
                                    "--for",
                                    time,
                                    "--kubeconfig",
                                    kubeconfig().toString()));
            assertThat(exit).isZero();
            if (isWhole(file)) {
                return file;
            }
        }
        throw new AssertionError("the list of ConfigMaps was not read within 90 s");
    }

    private static boolean isWhole(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .anyMatch(line ->
                            line.contains("\"/api/v1/configmaps\"")
                                    && line.contains("k8s.io/initial-events-end"));
        }
    }

    private Run replay(Path recording, String source, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Callable<Integer> command = new ReplayCommand();
        int exit =
                new CommandLine(command)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(
                                with(
                                        more,
                                        recording.toString(),
                                        "--repo",
                                        repository().toString(),
                                        "--source",
                                        source,
                                        "--applied-by",
                                        "manager:ci",
                                        "-o",
                                        "json"));
        return new Run(exit, out.toString(), err.toString());
    }

    private static String[] with(String[] more, String... first) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private Path kubeconfig() {
        return java.util.Objects.requireNonNull(lab).access().kubeconfig(ClusterAccess.DRIFTLEDGER);
    }

    private Path repository() {
        return java.util.Objects.requireNonNull(repository).folder();
    }

    private Path folder() {
        return java.util.Objects.requireNonNull(folder);
    }

    private static ObjectNode namespace(String name) {
        ObjectNode object = Json.shared().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "Namespace");
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static ObjectNode prices(String tea) {
        ObjectNode object = Json.shared().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", "prices").put("namespace", "shop");
        object.putObject("data").put("tea", tea);
        return object;
    }

    private static ObjectNode pin() {
        ObjectNode object = Json.shared().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
        object.putObject("metadata").put("name", "pin").put("namespace", "vault");
        object.putObject("data").put("pin", "MTIzNA==");
        return object;
    }
}
