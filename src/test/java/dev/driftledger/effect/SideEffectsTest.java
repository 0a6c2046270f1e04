package dev.driftledger.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SideEffectsTest {
    private static final ObjectNode SERVICE =
            Manifests.one(
                    """
                    apiVersion: v1
                    kind: Service
                    spec:
                      type: LoadBalancer
                      clusterIP: 10.0.0.7
                      clusterIPs: [10.0.0.7]
                      ports: [{port: 80, protocol: TCP, nodePort: 31307}]
                    status: {loadBalancer: {}}
                    """);

    @Test
    void address_of_a_load_balancer_appears_with_its_value() {
        // Given
        ObjectNode after = withAddress("203.0.113.10");

        // When
        List<SideEffectChange> changes = SideEffects.changes(SERVICE, after);

        // Then
        assertThat(changes)
                .containsExactly(address(SideEffectChange.Change.APPEARED, null, "203.0.113.10"));
    }

    @Test
    void address_of_a_load_balancer_changes_with_both_values() {
        // Given
        ObjectNode before = withAddress("203.0.113.10");
        ObjectNode after = withAddress("203.0.113.77");

        // When
        List<SideEffectChange> changes = SideEffects.changes(before, after);

        // Then
        assertThat(changes)
                .containsExactly(
                        address(SideEffectChange.Change.CHANGED, "203.0.113.10", "203.0.113.77"));
    }

    @Test
    void everything_goes_with_the_object() {
        // When
        List<SideEffectChange> changes = SideEffects.changes(withAddress("203.0.113.10"), null);

        // Then
        assertThat(changes).hasSize(3).allMatch(c -> c.change() == SideEffectChange.Change.GONE);
    }

    @Test
    void cluster_ip_and_node_port_are_read_and_headless_has_none() {
        // Given
        ObjectNode headless =
                Manifests.one(
                        "{apiVersion: v1, kind: Service,"
                                + " spec: {clusterIP: None, clusterIPs: [None]}}");

        // When
        List<SideEffect> effects = SideEffects.of(SERVICE);

        // Then
        assertThat(effects)
                .containsExactly(
                        new SideEffect(
                                SideEffect.Type.CLUSTER_IP, "spec.clusterIPs[0]", "10.0.0.7"),
                        new SideEffect(
                                SideEffect.Type.NODE_PORT, "spec.ports[80/TCP].nodePort", "31307"));
        assertThat(SideEffects.of(headless)).isEmpty();
    }

    @Test
    void volume_binding_is_read_from_both_ends() {
        // Given
        ObjectNode claim =
                Manifests.one(
                        "{apiVersion: v1, kind: PersistentVolumeClaim, spec: {volumeName: pv-1}}");
        ObjectNode volume =
                Manifests.one(
                        """
                        apiVersion: v1
                        kind: PersistentVolume
                        spec:
                          claimRef: {namespace: shop, name: data}
                          csi: {driver: ebs.csi.aws.com, volumeHandle: vol-0123}
                        """);

        // When
        List<SideEffect> ofClaim = SideEffects.of(claim);
        List<SideEffect> ofVolume = SideEffects.of(volume);

        // Then
        assertThat(ofClaim)
                .containsExactly(
                        new SideEffect(SideEffect.Type.VOLUME_BINDING, "spec.volumeName", "pv-1"));
        assertThat(ofVolume)
                .containsExactly(
                        new SideEffect(
                                SideEffect.Type.VOLUME_BINDING, "spec.claimRef", "shop/data"),
                        new SideEffect(
                                SideEffect.Type.VOLUME_HANDLE,
                                "spec.csi.volumeHandle",
                                "vol-0123"));
    }

    @Test
    void address_of_a_gateway_or_ingress_may_be_a_host_name() {
        // Given
        ObjectNode ingress =
                Manifests.one(
                        """
                        apiVersion: networking.k8s.io/v1
                        kind: Ingress
                        status: {loadBalancer: {ingress: [{hostname: lb.example}]}}
                        """);

        // When
        List<SideEffect> effects = SideEffects.of(ingress);

        // Then
        assertThat(effects)
                .containsExactly(
                        new SideEffect(
                                SideEffect.Type.LOAD_BALANCER_ADDRESS,
                                "status.loadBalancer.ingress[0].hostname",
                                "lb.example"));
    }

    private static SideEffectChange address(
            SideEffectChange.Change change, @Nullable String before, @Nullable String after) {
        return new SideEffectChange(
                SideEffect.Type.LOAD_BALANCER_ADDRESS,
                "status.loadBalancer.ingress[0].ip",
                change,
                before,
                after);
    }

    private static ObjectNode withAddress(String ip) {
        ObjectNode service = SERVICE.deepCopy();
        service.withObject("/status/loadBalancer").putArray("ingress").addObject().put("ip", ip);
        return service;
    }
}
