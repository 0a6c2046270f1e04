package dev.driftledger.service;

import static dev.driftledger.testkit.Entries.body;
import static dev.driftledger.testkit.Entries.isAbout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Json;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of more bytes than the intake takes, with a real broker: each becomes a smaller record
/// that says so and names the bytes, and everything else goes on.
class TooLargeIT {
    private static final int RECORD_BYTES_MAX = 1 << 20;
    private static final String KEY = "driftledger.intake.record-bytes-max";

    /// As much as an API server takes in a ConfigMap, so that the record around it is too large.
    private static final String MUCH = "w".repeat(RECORD_BYTES_MAX - 50);

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    @TempDir static Path folder;
    private static ServiceLab lab;
    private static ServiceProcess service;

    @BeforeAll
    static void begin() {
        lab = ServiceLab.start(folder);
        lab.repository().commit("load/all.yaml", ClusterLoad.desired());
        service =
                lab.prepare(
                        "one",
                        Map.of(
                                KEY,
                                String.valueOf(RECORD_BYTES_MAX),
                                "driftledger.cluster.rediscovery-interval",
                                "5S"));
        service.start();
        ServiceLab.await("the service").until(service::isReady);
        lab.awaitWatching(service);
    }

    @AfterAll
    static void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void a_live_object_is_unreadable_by_name_digest_and_size() throws IOException {
        // When
        create(CONFIG_MAPS, configMap("huge", MUCH));

        // Then
        Entry entry = await(e -> e.type() == EntryType.OBJECT_UNREADABLE && isAbout(e, "huge"));
        assertThat(body(entry, "reason")).contains("is larger than " + RECORD_BYTES_MAX, KEY);
        assertThat(Integer.parseInt(body(entry, "sizeBytes"))).isGreaterThan(RECORD_BYTES_MAX);
        assertThat(entry.digests()).containsKey("object");
        goesOn("load-1");
    }

    @Test
    void anything_else_is_malformed_by_digest_size_and_kind_of_record() throws IOException {
        // When
        create(DEFINITIONS, definition("d".repeat(RECORD_BYTES_MAX + 50_000)));

        // Then
        Entry definition =
                await(e ->
                        e.type() == EntryType.OBJECT_UNREADABLE
                                && isAbout(e, "tomes.lab.example.com"));
        assertThat(body(definition, "reason")).contains(KEY);
        Entry schema = await(e -> e.type() == EntryType.INTAKE_MALFORMED);
        assertThat(body(schema, "origin")).isEqualTo("SchemaObserved");
        assertThat(body(schema, "problem")).contains("is larger than " + RECORD_BYTES_MAX, KEY);
        assertThat(Integer.parseInt(body(schema, "sizeBytes"))).isGreaterThan(RECORD_BYTES_MAX);
        assertThat(schema.digests()).containsKey("record");
        goesOn("load-2");
    }

    @Test
    void a_manifest_makes_its_source_stale_and_the_log_says_which() {
        // When
        lab.repository()
                .commit(
                        "load/tome.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tome}\ndata: {a: "
                                + MUCH
                                + "}\n");

        // Then
        Entry stale = await(e -> e.type() == EntryType.DESIRED_STALE);
        assertThat(String.valueOf(stale.body())).contains("tome", KEY);
        lab.repository().commit("load/tome.yaml", "# nothing\n");
        await(e -> e.type() == EntryType.DESIRED_FRESH);
        goesOn("load-3");
    }

    private static void create(String path, String object) throws IOException {
        byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
        lab.user().create(path, "somebody", Json.parse(bytes));
    }

    private static Entry await(Predicate<Entry> wanted) {
        List<Entry> entries =
                ServiceLab.await("the entry")
                        .until(
                                () -> lab.log(service).entries(),
                                all -> all.stream().anyMatch(wanted));
        return entries.stream().filter(wanted).toList().getLast();
    }

    /// Others are recorded, signed and published as before, and all is well.
    private static void goesOn(String name) {
        ServedLog log = lab.log(service);
        LogJudge.of(log, ClusterLoad.write(lab.user(), name, "1")).isPublished(lab.topics());
        assertThat(service.isReady()).isTrue();
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
    }

    private static String configMap(String name, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
                + name
                + "\"},\"data\":{\"a\":\""
                + value
                + "\"}}";
    }

    /// A custom resource whose schema has a long description, and with it the OpenAPI document.
    private static String definition(String description) {
        return """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"tomes.lab.example.com"},
         "spec":{"group":"lab.example.com","scope":"Namespaced",
          "names":{"plural":"tomes","singular":"tome","kind":"Tome","listKind":"TomeList"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
           {"type":"object","description":"%s"}}}]}}
        """
                .formatted(description);
    }
}
