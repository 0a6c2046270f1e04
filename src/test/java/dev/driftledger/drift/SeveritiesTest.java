package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveritiesTest {
    @ParameterizedTest
    @CsvSource({
        "ClusterRole, rules[0].verbs, CRITICAL",
        "Deployment, spec.template.spec.containers[c].securityContext.privileged, CRITICAL",
        "Deployment, spec.template.spec.containers[c].image, HIGH",
        "Service, spec.type, HIGH",
        "Service, metadata.labels.a, LOW",
        "Deployment, spec.replicas, MEDIUM",
        "ConfigMap, data.a, MEDIUM",
        "Secret, data.a, HIGH"
    })
    void the_first_row_that_fits_decides(String kind, String path, Severity severity) {
        assertThat(Severities.builtIn().of(kind, path).severity()).isEqualTo(severity);
    }

    @Test
    void a_users_rows_come_before_the_built_in_ones() {
        // Given
        JsonNode data =
                Manifests.one(
                                """
                                rows: [{kind: Service, path: spec.type, severity: info},
                                  {path: 'data.*', severity: critical}]
                                """)
                        .path("rows");

        // When
        Severities severities = Severities.builtIn().with(Severities.rows(data));

        // Then
        assertThat(severities.of("Service", "spec.type").severity()).isEqualTo(Severity.INFO);
        assertThat(severities.of("Secret", "data.a").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(severities.of("Service", "spec.selector.a").severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void where_no_row_fits_it_is_medium() {
        // Given
        Severities.Row never = new Severities.Row("Nothing", "nowhere", Severity.INFO);

        // When, Then
        assertThat(Severities.builtIn().with(List.of(never)).of("A", "b").severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{rows: 1} | severities must be a list of {kind, path, severity}, got NUMBER",
                "{rows: [{kind: A, severity: low}]} | severities[0].path is missing",
                "{rows: [{path: a, severity: low}, {path: a}]} | severities[1].severity must be",
                "{rows: [{path: a, severity: worst}]} | got a text of 5 characters"
            })
    void a_bad_row_is_refused_with_its_place(String yaml, String message) {
        JsonNode rows = Manifests.one(yaml).path("rows");
        assertThatThrownBy(() -> Severities.rows(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
