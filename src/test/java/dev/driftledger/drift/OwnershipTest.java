package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether the entries of an object were wiped, or went with what they owned.
class OwnershipTest {
    private static final String PORT_80 =
            "{'f:spec': {'f:ports':"
                    + " {'k:{\"port\":80,\"protocol\":\"TCP\"}': {'f:name': {}}}}}";

    private static ObjectNode service(String entries, String rest) {
        return Manifests.one(
                "{apiVersion: v1, kind: Service, metadata: {name: a, uid: u, managedFields: ["
                        + entries
                        + "], finalizers: [a.example/x]}, spec: "
                        + rest
                        + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'f:spec': {'f:type': {}}} | {type: NodePort} | true",
                "{'f:spec': {'f:type': {}}} | {} | false",
                "{'f:spec': {'f:gone': {}, 'f:type': {}}} | {type: NodePort} | true",
                "PORT_80 | {ports: [{port: 1}, {port: 80, protocol: TCP, name: a}]} | true",
                "PORT_80 | {ports: [{port: 80, protocol: UDP, name: a}]} | false",
                "PORT_80 | {ports: {port: 80, protocol: TCP, name: a}} | false",
                "{'f:spec': {'f:set': {'v:\"x\"': {}}}} | {set: [y, x]} | true",
                "{'f:spec': {'f:set': {'v:7': {}}}} | {set: [7]} | true",
                "{'f:spec': {'f:set': {'v:\"x\"': {}}}} | {set: [y]} | false",
                "{'f:metadata': {'f:finalizers': {'v:\"a.example/x\"': {}}}} | {} | false",
                "{'f:spec': {'f:list': {'i:1': {}}}} | {list: [a, b]} | true",
                "{'f:spec': {'f:list': {'i:1': {}}}} | {list: [a]} | false",
                "{'f:spec': {'f:list': {'i:x': {}}}} | {list: [a]} | false",
                "{'f:spec': {'f:list': {'k:{': {}, 'z': {}, '': {}}}} | {list: [a]} | false",
                "{'f:spec': {'f:clusterIP': {}}} | {clusterIP: 10.0.0.1} | false",
                "{'f:spec': {'f:clusterIPs': {}, 'f:type': {}}}"
                        + " | {clusterIPs: [10.0.0.1], type: NodePort} | true"
            })
    void entries_were_wiped_when_something_that_they_owned_still_stands(
            String fields, String spec, boolean erased) {
        // Given
        ObjectNode before =
                service(
                        "{manager: kubectl-edit, fieldsV1: %s}"
                                .formatted(fields.replace("PORT_80", PORT_80)),
                        "{}");
        ObjectNode now = service("", spec);

        // When, Then
        assertThat(Ownership.erased(before, now)).isEqualTo(erased);
    }
}
