package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.Entries;
import dev.driftledger.testkit.Manifests;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.WatchedLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ignore rules on their whole way: from a file in git through the broker and the database to what
/// the service answers, while a person changes the cluster.
@Tag("soak")
class IgnoreRulesIT {
    private static final String FILE = "load/.driftledger.yaml";
    private static final String EDITED = "load-1";
    private static final String NEVER_APPLIED = "load-2";

    @TempDir static Path folder;

    private static String rules(Instant expires) {
        return """
        apiVersion: driftledger.dev/v1
        kind: IgnoreRules
        rules:
        - id: tuned-by-hand
          reason: the night shift tunes it
          target: {kind: ConfigMap, name: load-1}
          paths: [data.counter]
        - id: not-applied-yet
          reason: the migration makes them
          expires: '%s'
          target: {kind: ConfigMap, name: load-*}
          differences: [missing]
        """
                .formatted(Rfc3339.format(expires));
    }

    @Test
    void a_rule_in_git_hides_a_change_with_its_reason_until_it_goes_or_ends() {
        try (WatchedLab watched = WatchedLab.start(folder)) {
            ServiceLab lab = watched.lab();
            ClusterLoad.write(lab.user(), EDITED, "0");
            edit(lab, "7");
            watched.awaitEntry("the change", about(EntryType.FINDING_OPENED, EDITED, "changed"));
            watched.awaitEntry(
                    "what is missing", about(EntryType.FINDING_OPENED, NEVER_APPLIED, "missing"));

            // When: the rules come with a commit
            Instant expires = Instant.now().plusSeconds(45).truncatedTo(ChronoUnit.SECONDS);
            String commit = lab.repository().commit(FILE, rules(expires));
            Predicate<Entry> resolved = about(EntryType.FINDING_RESOLVED, EDITED, "changed");
            List<Entry> ended =
                    watched.awaitEntry("its end", resolved).stream().filter(resolved).toList();

            // Then: nobody has to guess what is hidden, by which rule, and why
            assertThat(ended)
                    .singleElement()
                    .extracting(end -> Entries.body(end, "resolution"))
                    .asString()
                    .contains(commit, "\"rule\":\"tuned-by-hand\"");
            assertThat(text(watched, "/findings/" + Entries.body(ended.getFirst(), "finding")))
                    .contains("Hidden by a rule", "the night shift tunes it");
            assertShown(watched);
            assertTheyEnd(watched, expires);
            assertThat(watched.log().verify().code()).isZero();
        }
    }

    /// On REST, on the page, and in the explanation.
    private static void assertShown(WatchedLab watched) {
        JsonNode edited = awaitVerdict(watched, EDITED, "ignored");
        assertThat(edited.at("/ignored/0/rule").asText()).isEqualTo("tuned-by-hand");
        assertThat(edited.at("/ignored/0/reason").asText()).isEqualTo("the night shift tunes it");
        JsonNode missing = awaitVerdict(watched, NEVER_APPLIED, "ignored");
        assertThat(missing.at("/ignored/0/rule").asText()).isEqualTo("not-applied-yet");
        assertThat(missing.at("/ignored/0/whole").asText()).isEqualTo("missing");
        assertThat(text(watched, "/app/" + watched.lab().cluster() + "/default/load"))
                .contains("Hidden by rules")
                .contains("tuned-by-hand")
                .contains("the night shift tunes it")
                .contains("that it is missing");
        String id = watched.lab().cluster() + "::ConfigMap:default:" + NEVER_APPLIED;
        JsonNode why = json(text(watched, "/api/v1/resources/" + id + "/explanation"));
        assertThat(why.path("verdict").asText()).isEqualTo("ignored");
        assertThat(why.path("steps").toString())
                .contains("hides that it is missing, because the migration makes them");
    }

    private static void assertTheyEnd(WatchedLab watched, Instant expires) {
        // When: one rule goes by a commit
        watched.lab().repository().commit(FILE, rules(expires).replace("load-1}", "other}"));
        awaitVerdict(watched, EDITED, "drifted");
        watched.awaitEntry("the change again", about(EntryType.FINDING_UPDATED, EDITED, "changed"));

        // When: the other one ends with its time
        List<Entry> all =
                watched.awaitEntry(
                        "what is missing again",
                        about(EntryType.FINDING_UPDATED, NEVER_APPLIED, "missing"));

        // Then
        awaitVerdict(watched, NEVER_APPLIED, "missing");
        assertThat(all)
                .filteredOn(about(EntryType.FINDING_UPDATED, NEVER_APPLIED, "missing"))
                .first()
                .satisfies(again -> assertThat(again.recordedAt()).isAfterOrEqualTo(expires));
        assertThat(all)
                .anyMatch(entry ->
                        Entries.body(entry, "class").equals("rule-problem")
                                && Entries.body(entry, "path").equals("not-applied-yet")
                                && Entries.body(entry, "reason").contains("expired"));
    }

    private static void edit(ServiceLab lab, String value) {
        lab.user()
                .apply(
                        "/api/v1/namespaces/default/configmaps/" + EDITED,
                        "kubectl-edit",
                        Manifests.one(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
                                        + EDITED
                                        + "}, data: {counter: '"
                                        + value
                                        + "'}}"));
    }

    private static Predicate<Entry> about(EntryType type, String name, String kind) {
        return entry ->
                entry.type() == type
                        && Entries.isAbout(entry, name)
                        && Entries.body(entry, "class").equals(kind);
    }

    /// The row of the resource, once its verdict is that.
    private static JsonNode awaitVerdict(WatchedLab watched, String name, String verdict) {
        return ServiceLab.await(name + " is " + verdict)
                .until(
                        () -> row(watched, name),
                        row -> row.path("verdict").asText().equals(verdict));
    }

    private static JsonNode row(WatchedLab watched, String name) {
        String path = "/api/v1/applications/" + watched.lab().cluster() + ":none:default:load";
        JsonNode resources = json(text(watched, path)).path("resources");
        for (JsonNode row : resources) {
            if (row.path("id").asText().endsWith(":" + name)) {
                return row;
            }
        }
        return Json.shared().missingNode();
    }

    private static String text(WatchedLab watched, String path) {
        return new String(
                watched.service().read(path).orElse(new byte[] {'{', '}'}), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
