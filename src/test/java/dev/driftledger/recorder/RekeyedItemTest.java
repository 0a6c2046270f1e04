package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A port that became another is one change as long as it can be told which became which.
final class RekeyedItemTest {
    private static final String SCHEMAS =
            """
            components:
              schemas:
                io.k8s.api.core.v1.Service:
                  x-kubernetes-group-version-kind: [{group: "", version: v1, kind: Service}]
                  properties:
                    spec: {$ref: '#/components/schemas/io.k8s.api.core.v1.ServiceSpec'}
                io.k8s.api.core.v1.ServiceSpec:
                  properties:
                    ports:
                      type: array
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [port, protocol]
                      items: {$ref: '#/components/schemas/io.k8s.api.core.v1.ServicePort'}
                io.k8s.api.core.v1.ServicePort:
                  properties:
                    port: {type: integer}
                    protocol: {type: string, default: TCP}
                    targetPort: {type: integer}
            """;

    private final Shop shop = Shop.empty();

    private static ObjectNode service(String ports) {
        return Manifests.one(
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop},"
                        + " spec: {ports: ["
                        + ports
                        + "]}}");
    }

    /// Sees the Service with the ports as the manager left them, who owns this one.
    private List<Entry> seen(String ports, String manager, int port) {
        ObjectNode live = shop.live(service(ports), manager);
        ObjectNode entry = (ObjectNode) live.at("/metadata/managedFields/0");
        entry.putObject("fieldsV1")
                .putObject("f:spec")
                .putObject("f:ports")
                .putObject("k:{\"port\":" + port + ",\"protocol\":\"TCP\"}")
                .putObject(".");
        return shop.seen(Shop.SERVICES, live);
    }

    @Test
    void who_made_another_port_of_it_stays_its_remover_once_others_come() {
        // Given
        shop.log()
                .feed(
                        new IntakeRecord.SchemaObserved(
                                MemoryLog.CLUSTER,
                                shop.now(),
                                "api/v1",
                                "h",
                                Manifests.one(SCHEMAS)));
        seen("{port: 80, targetPort: 8080}", Shop.CI, 80);
        shop.rendered("a", service("{port: 80, targetPort: 8080}"));
        List<Entry> changed = seen("{port: 81, targetPort: 8080}", "shop-operator", 81);

        // When
        List<Entry> entries =
                seen(
                        "{port: 81, targetPort: 8080}, {port: 90, targetPort: 9}",
                        "kubectl-patch",
                        90);

        // Then
        assertThat(findings(changed)).containsExactly("finding.opened changed spec.ports[81/TCP]");
        Entry removed =
                entries.stream()
                        .filter(each ->
                                findings(List.of(each))
                                        .contains("finding.opened removed spec.ports[80/TCP]"))
                        .findFirst()
                        .orElseThrow();
        assertThat(Shop.body(removed).at("/owner/manager").asText()).isEqualTo("shop-operator");
    }
}
