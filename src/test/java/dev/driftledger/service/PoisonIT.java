package dev.driftledger.service;

import static dev.driftledger.testkit.Entries.body;
import static dev.driftledger.testkit.Entries.isAbout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Partitions;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.KubeBinaries;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.SnapshotRow;
import dev.driftledger.testkit.WatchedLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bad object, record, file or repository among good ones: it alone is not judged, and the log
/// says why.
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

    private static final String STRANGER = "its key is that of no cluster that is known here";

    @TempDir static Path folder;
    private static WatchedLab watched;
    private static ServiceLab lab;
    private static ServiceProcess service;

    @BeforeAll
    static void begin() {
        watched = WatchedLab.start(folder);
        lab = watched.lab();
        service = watched.service();
    }

    @AfterAll
    static void end() {
        if (watched != null) {
            watched.close();
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
        Entry unreadable =
                awaitLast("deep", e -> is(e, EntryType.OBJECT_UNREADABLE) && isAbout(e, "deep"));
        assertThat(body(unreadable, "reason")).contains("nest");
        awaitLast("wide", e -> is(e, EntryType.OBJECT_OBSERVED) && isAbout(e, "wide"));
        awaitOnlyUnknown("lab.example.com:Widget:default:deep", "could not be read", "nest");
        goesOn("load-1");
        lab.user().delete(WIDGETS + "/deep");
        awaitNoneUnknown();
    }

    @Test
    void what_a_broken_file_held_is_unknown_and_the_others_are_judged() {
        // Given
        lab.repository().commit("load/solo.yaml", configMap("load-solo"));
        awaitStanding(":ConfigMap:default:load-solo", "missing");

        // When
        lab.repository().commit("load/solo.yaml", "a: [1,\n  b: {");

        // Then
        awaitLast(
                "problem",
                e ->
                        is(e, EntryType.DESIRED_RENDERED)
                                && body(e, "problems").contains("solo.yaml"));
        awaitOnlyUnknown(":ConfigMap:default:load-solo", "solo.yaml");
        goesOn("load-2");
        lab.repository().commit("load/solo.yaml", "# nothing\n");
        awaitNoneUnknown();
    }

    @Test
    void a_rewritten_history_is_a_finding_and_its_objects_are_judged() {
        // When
        lab.repository().commit("load/extra.yaml", "# nothing\n");
        awaitLast("commit", e -> is(e, EntryType.DESIRED_RENDERED));
        String head = lab.repository().commit("load/extra.yaml", "# one\n");
        awaitLast("head", e -> body(e, "revision").contains(head));
        lab.repository().rewrite("load/extra.yaml", "# two\n");

        // Then
        awaitLast(
                "rewritten",
                e ->
                        is(e, EntryType.FINDING_OPENED)
                                && body(e, "class").equals("history-rewritten"));
        goesOn("load-3");
    }

    @Test
    void a_malformed_intake_record_is_an_entry_that_names_its_bytes() {
        // Given
        byte[] value = "{\"v\":1,\"type\":\"no.such.type\"}".getBytes(StandardCharsets.UTF_8);

        // When
        String place = lab.forgedIntake().send(lab.cluster(), value);

        // Then
        Entry malformed =
                awaitLast(
                        "malformed",
                        e -> is(e, EntryType.INTAKE_MALFORMED) && body(e, "origin").equals(place));
        assertThat(malformed.digests()).containsEntry("record", Digest.of(value));
        assertThat(body(malformed, "sizeBytes")).isEqualTo(String.valueOf(value.length));
        assertThat(body(malformed, "problem")).isEqualTo("unknown type");
        assertThat(malformed.cluster().name()).isEqualTo("lab");
        goesOn("load-4");
    }

    @Test
    void an_object_that_is_no_utf_16_is_unreadable_and_the_others_are_judged() {
        // Given
        ClusterLoad.Version last = ClusterLoad.write(lab.user(), "load-5", "1");
        LogJudge.of(watched.log(), last);
        byte[] value = withHalfACharacter(last);

        // When
        lab.forgedIntake().send(lab.cluster(), value);

        // Then
        Entry unreadable =
                awaitLast(
                        "unreadable",
                        e -> is(e, EntryType.OBJECT_UNREADABLE) && isAbout(e, "load-5"));
        assertThat(body(unreadable, "reason")).isEqualTo("a string has an unpaired surrogate");
        assertThat(unreadable.digests()).containsEntry("object", Digest.of(value));
        assertThat(body(unreadable, "sizeBytes")).isEqualTo(String.valueOf(value.length));
        awaitOnlyUnknown(":ConfigMap:default:load-5", "unpaired surrogate");
        goesOn("load-6");
        goesOn("load-5");
        awaitNoneUnknown();
    }

    @Test
    void what_belongs_to_no_known_cluster_is_parked_and_begins_no_log_of_its_own() {
        // Given
        ClusterRef stranger = new ClusterRef("11111111-2222-4333-8444-555555555555", "stranger");
        byte[] value =
                IntakeCodec.encode(
                        new IntakeRecord.InstanceStarted(stranger, Instant.EPOCH, "one", "1"));

        // When
        String place = lab.forgedIntake().send(stranger.uid(), value);

        // Then
        ServedLog parked = parkedAt(place);
        Entry entry = awaitOnly(parked);
        assertThat(entry.type()).isEqualTo(EntryType.INTAKE_MALFORMED);
        assertThat(entry.digests()).containsEntry("record", Digest.of(value));
        assertThat(body(entry, "problem")).isEqualTo(STRANGER);
        assertThat(body(entry, "origin")).isEqualTo(place);
        assertThat(parked.verify().code()).as(parked.verify().report()).isZero();
        assertThat(lab.log(service, stranger.uid()).checkpoint()).isNull();
        goesOn("load-7");
    }

    @Test
    void a_log_that_the_database_refuses_stops_alone_and_goes_on_when_that_is_mended() {
        // Given
        int elsewhere = freePartition();
        String uid = keyOn(elsewhere);
        String log = IntakeCodec.unassigned(elsewhere).uid();
        lab.changeTables(
                "ALTER TABLE entry ADD CONSTRAINT refusal CHECK (cluster <> '" + log + "')");

        // When
        String place = lab.forgedIntake().send(uid, new byte[] {1, 2, 3});

        // Then
        ServiceLab.await("health says so")
                .until(() -> watched.said("recording " + log).contains("recording stopped"));
        assertThat(watched.said("recording " + log)).contains("refusal", "start again");
        assertThat(service.isReady()).isFalse();
        recordsOn("load-8");

        // When
        lab.changeTables("ALTER TABLE entry DROP CONSTRAINT refusal");
        service.stop();
        service.start();

        // Then
        ServiceLab.await("ready again").until(service::isReady);
        assertThat(body(awaitOnly(parkedAt(place)), "origin")).isEqualTo(place);
        goesOn("load-9");
        assertThat(service.console()).doesNotContain("RejectedExecution");
    }

    /// Others are recorded, judged, signed and published as before, and all is well.
    private static void goesOn(String name) {
        recordsOn(name);
        assertThat(service.isReady()).isTrue();
    }

    private static void recordsOn(String name) {
        ClusterLoad.Version version =
                ClusterLoad.write(lab.user(), name, String.valueOf(System.nanoTime()));
        ServedLog log = watched.log();
        LogJudge.of(log, version).isPublished(lab.topics());
        awaitLast(
                "finding about " + name,
                e ->
                        (is(e, EntryType.FINDING_OPENED) || is(e, EntryType.FINDING_UPDATED))
                                && isAbout(e, name));
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
    }

    /// Waits for a snapshot in which exactly this resource is unknown, for that reason.
    private static void awaitOnlyUnknown(String resource, String... reasons) {
        ServiceLab.await("snapshot with unknown " + resource)
                .untilAsserted(() -> {
                    List<SnapshotRow> rows = newestSnapshot();
                    assertThat(rows)
                            .filteredOn(row -> row.verdict().equals("unknown"))
                            .singleElement()
                            .satisfies(row -> {
                                assertThat(row.resource()).isEqualTo(resource);
                                assertThat(row.reason()).contains(reasons);
                            });
                    assertThat(rows).hasSizeGreaterThanOrEqualTo(20);
                });
    }

    private static void awaitNoneUnknown() {
        ServiceLab.await("snapshot without unknown")
                .untilAsserted(() ->
                        assertThat(newestSnapshot())
                                .isNotEmpty()
                                .noneMatch(row -> row.verdict().equals("unknown")));
    }

    private static void awaitStanding(String resource, String verdict) {
        ServiceLab.await(resource + " is " + verdict)
                .untilAsserted(() ->
                        assertThat(newestSnapshot())
                                .anyMatch(row ->
                                        row.resource().equals(resource)
                                                && row.verdict().equals(verdict)));
    }

    private static List<SnapshotRow> newestSnapshot() {
        return SnapshotRow.newest(watched.log(), ServiceLab.APPLICATION);
    }

    private static Entry awaitLast(String what, Predicate<Entry> wanted) {
        return watched.awaitEntry(what, wanted).stream().filter(wanted).toList().getLast();
    }

    private static boolean is(Entry entry, EntryType type) {
        return entry.type() == type;
    }

    /// The log of what is nobody's, for a record at that place.
    private static ServedLog parkedAt(String place) {
        int partition = Integer.parseInt(place.split("/", -1)[1]);
        return lab.log(service, IntakeCodec.unassigned(partition).uid());
    }

    private static Entry awaitOnly(ServedLog log) {
        List<Entry> entries =
                ServiceLab.await("parked record").until(log::entries, all -> !all.isEmpty());
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    /// A partition that neither the cluster nor another test uses.
    private static int freePartition() {
        int count = lab.forgedIntake().partitionsCount();
        int used = Partitions.of(lab.cluster(), count);
        int stranger = Partitions.of("11111111-2222-4333-8444-555555555555", count);
        int free = 0;
        while (free == used || free == stranger) {
            free++;
        }
        return free;
    }

    private static String keyOn(int partition) {
        int count = lab.forgedIntake().partitionsCount();
        int number = 0;
        while (Partitions.of("nobody-" + number, count) != partition) {
            number++;
        }
        return "nobody-" + number;
    }

    /// The intake record of a later version of the ConfigMap, with half of a surrogate pair in it.
    private static byte[] withHalfACharacter(ClusterLoad.Version version) {
        return """
        {"v":1,"type":"object.observed","cluster":{"uid":"%s","name":"lab"},
         "observedAt":"%s","fingerprint":"forged","initial":false,
         "resourceType":{"group":"","version":"v1","kind":"ConfigMap","plural":"configmaps",
          "namespaced":true},
         "object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s",
          "namespace":"default","uid":"%s","resourceVersion":"%d"},
          "data":{"counter":"\\ud800"}}}
        """
                .formatted(
                        lab.cluster(),
                        version.answeredAt(),
                        version.name(),
                        version.uid(),
                        Long.parseLong(version.resourceVersion()) + 1)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n";
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
