package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.model.ResourceKey;
import dev.driftledger.testkit.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ConfigMap | a | kube-root-ca.crt | {a: b} | true",
                "ConfigMap | a | openshift-service-ca.crt | {a: b} | true",
                "ConfigMap | a | istio-ca-root-cert | {a: b} | true",
                "ConfigMap | a | settings | {a: b} | false",
                "ServiceAccount | a | default | {a: b} | true",
                "ServiceAccount | a | other | {a: b} | false",
                "Service | default | kubernetes | {a: b} | true",
                "Service | default | other | {a: b} | false",
                "Service | a | kubernetes | {a: b} | false",
                "Secret | a | sh.helm.release.v1.a | {a: b} | true",
                "Secret | a | default-token-x | {a: b} | true",
                "Secret | a | b | {type: helm.sh/release.v1} | true",
                "Secret | a | b | {type: Opaque} | false",
                "Secret | a | b | {metadata: {annotations: {cert-manager.io/certificate-name: c}}}"
                        + " | true",
                "Pod | a | b | {metadata: {ownerReferences: [{uid: '1'}]}} | true",
                "Pod | a | b | {metadata: {ownerReferences: []}} | false"
            })
    void is_told_by_name_type_and_owner(
            String kind, String namespace, String name, String live, boolean generated) {
        ResourceKey key = new ResourceKey("", kind, namespace, name);
        assertThat(Generated.is(key, Manifests.one(live))).isEqualTo(generated);
    }

    @Test
    void some_kinds_always_are() {
        assertThat(Generated.isKind("EndpointSlice")).isTrue();
        assertThat(Generated.isKind("Deployment")).isFalse();
    }
}
