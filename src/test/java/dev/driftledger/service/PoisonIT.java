package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.KubeBinaries;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bad object, file or repository among good ones: it alone is not judged, and the log says
/// why.
class PoisonIT {
    private static final String WIDGETS = "/apis/lab.example.com/v1/namespaces/default/widgets";
    private static final String DEFINITION =
            """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
             "metadata":{"name":"widgets.lab.example.com"},
             "spec":{"group":"lab.example.com","scope":"Namespaced",
              "names":{"plural":"widgets","singular":"widget","kind":"Widget",
               "listKind":"WidgetList"},
              "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
               {"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
            """;

    @TempDir static Path folder;
    private static ServiceLab lab;
    private static ServiceProcess service;

    @BeforeAll
    static void begin() {
        lab = ServiceLab.start(folder);
        lab.repository().commit("load/all.yaml", ClusterLoad.desired());
        service = lab.begin("one");
        lab.awaitWatching(service);
    }

    @AfterAll
    static void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void an_object_that_is_too_deep_is_unreadable_and_a_large_one_is_not() throws Exception {
        // Given
        lab.repository().commit("load/widget.yaml", desiredWidget());
        create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", DEFINITION);
        ServiceLab.await("widgets are served").until(() -> create(WIDGETS, widget("plain", "1")));

        // When
        assertThat(create(WIDGETS, widget("wide", '"' + "w".repeat(1_400_000) + '"'))).isTrue();
        int depth = 5_000;
        while (!create(WIDGETS, widget("deep", "[".repeat(depth) + "]".repeat(depth)))) {
            depth -= 500;
        }

        // Then
        System.err.println("API server took an object nested " + depth + " deep");
        List<Entry> entries =
                awaitEntry(
                        "deep", e -> e.type() == EntryType.OBJECT_UNREADABLE && names(e, "deep"));
        Entry unreadable =
                entries.stream()
                        .filter(e -> e.type() == EntryType.OBJECT_UNREADABLE)
                        .toList()
                        .getLast();
        assertThat(body(unreadable, "reason")).contains("nest");
        awaitEntry("wide", e -> e.type() == EntryType.OBJECT_OBSERVED && names(e, "wide"));
        awaitEntry("unknown", e -> isSnapshotWithUnknown(e));
        goesOn("load-1");
    }

    @Test
    void a_broken_file_is_a_problem_and_the_others_are_judged() {
        // When
        lab.repository().commit("load/broken.yaml", "a: [1,\n  b: {");

        // Then
        awaitEntry(
                "problem",
                e ->
                        e.type() == EntryType.DESIRED_RENDERED
                                && body(e, "problems").contains("broken.yaml"));
        goesOn("load-2");
    }

    @Test
    void a_rewritten_history_is_a_finding_and_its_objects_are_judged() {
        // When
        lab.repository().commit("load/extra.yaml", "# nothing\n");
        awaitEntry("commit", e -> e.type() == EntryType.DESIRED_RENDERED);
        String head = lab.repository().commit("load/extra.yaml", "# one\n");
        awaitEntry("head", e -> body(e, "revision").contains(head));
        lab.repository().rewrite("load/extra.yaml", "# two\n");

        // Then
        awaitEntry(
                "rewritten",
                e ->
                        e.type() == EntryType.FINDING_OPENED
                                && body(e, "class").equals("history-rewritten"));
        goesOn("load-3");
    }

    /// Others are recorded, judged, signed and published as before.
    private static void goesOn(String name) {
        ClusterLoad.Version version =
                ClusterLoad.write(lab.user(), name, String.valueOf(System.nanoTime()));
        ServedLog log = lab.log(service);
        LogJudge.of(log, version).isPublished(lab.topics());
        awaitEntry(
                "finding about " + name,
                e ->
                        (e.type() == EntryType.FINDING_OPENED
                                        || e.type() == EntryType.FINDING_UPDATED)
                                && names(e, name));
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
        assertThat(service.isReady()).isTrue();
    }

    private static List<Entry> awaitEntry(String what, Predicate<Entry> wanted) {
        return ServiceLab.await(what)
                .until(() -> lab.log(service).entries(), all -> all.stream().anyMatch(wanted));
    }

    private static boolean names(Entry entry, String name) {
        Entry.Subject subject = entry.subject();
        return subject != null && subject.name().equals(name);
    }

    private static boolean isSnapshotWithUnknown(Entry entry) {
        return entry.type() == EntryType.SNAPSHOT
                && Objects.requireNonNull(entry.body()).at("/counts/unknown").asInt() == 1;
    }

    private static String body(Entry entry, String field) {
        return entry.body() == null ? "" : entry.body().path(field).toString().replace("\"", "");
    }

    private static String desiredWidget() {
        return """
        apiVersion: lab.example.com/v1
        kind: Widget
        metadata:
          name: deep
        content: 1
        """;
    }

    private static String widget(String name, String content) {
        String head =
                """
                {"apiVersion":"lab.example.com/v1","kind":"Widget","metadata":{"name":"%s"},
                 "content":\
                """
                        .formatted(name);
        return head + content + "}";
    }

    /// Sends the bytes as they are, which no Java client would for the deep one.
    private static boolean create(String path, String json)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("object.json"), json);
        return new ProcessBuilder(
                                KubeBinaries.find().orElseThrow().kubectl().toString(),
                                "--kubeconfig="
                                        + lab.plane().access().kubeconfig(ClusterAccess.ADMIN),
                                "create",
                                "--raw=" + path,
                                "-f",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("kubectl.log").toFile())
                        .start()
                        .waitFor()
                == 0;
    }
}
