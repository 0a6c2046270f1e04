package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether a port that is gone and a port that came are one port with another number.
class RekeyedTest {
    private static final String ONE = "changed spec.ports[81/TCP]";
    private static final String TWO = "removed spec.ports[80/TCP], controlled spec.ports[81/TCP]";

    /// The API server fills in protocol and target port; nobody else owns anything.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 80, name: a} | {port: 81, name: a} | ONE",
                "{port: 80, name: a} | {port: 81, name: b} | TWO",
                "{port: 80, name: a, targetPort: 8} | {port: 81, name: b, targetPort: 8} | TWO",
                "{port: 80, targetPort: 8} | {port: 81, targetPort: 8} | ONE",
                "{port: 80, targetPort: 8} | {port: 81, name: b, targetPort: 8} | ONE",
                "{port: 80, name: a, targetPort: 8} | {port: 81, targetPort: 8} | ONE",
                "{port: 80, targetPort: 8} | {port: 81, targetPort: 9} | TWO",
                "{port: 80} | {port: 81, protocol: TCP, targetPort: 81} | ONE",
                "{port: 80, name: ''} | {port: 81, name: ''} | ONE",
                "{port: 80}, {port: 1} | {port: 81}, {port: 1} | ONE",
                "{port: 80, name: a}, {port: 1} | {port: 81, name: a} | GONE_TOO",
                "{port: 80}, {port: 1} | {port: 81} | APART",
                "{port: 80}, {port: 1} | {port: 81}, {port: 2} | ALL_APART"
            })
    void a_port_is_the_same_by_its_name_or_by_what_it_has_in_common_when_it_is_the_only_one(
            String desired, String live, String found) {
        // Given
        String service =
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: a, managedFields:"
                        + " [{manager: ci, fieldsV1: {'f:spec': {'f:type': {}}}}]},"
                        + " spec: {ports: [PORTS]}}";
        String expected =
                switch (found) {
                    case "ONE" -> ONE;
                    case "TWO" -> TWO;
                    case "GONE_TOO" -> ONE + ", removed spec.ports[1/TCP]";
                    case "APART" ->
                            "removed spec.ports[1/TCP], removed spec.ports[80/TCP], controlled"
                                    + " spec.ports[81/TCP]";
                    default ->
                            "removed spec.ports[1/TCP], removed spec.ports[80/TCP], controlled"
                                    + " spec.ports[2/TCP], controlled spec.ports[81/TCP]";
                };

        // When
        Comparison pair =
                Inline.pair(service.replace("PORTS", desired), service.replace("PORTS", live));

        // Then
        assertThat(Inline.found(pair)).containsExactlyInAnyOrder(expected.split(", "));
    }
}
