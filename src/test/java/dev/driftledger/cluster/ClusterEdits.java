package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What a human does to the namespace `default` of a test cluster.
final class ClusterEdits implements AutoCloseable {
    private static final String DEFINITIONS =
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final KubernetesClient admin;

    ClusterEdits(Config config) {
        admin = new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        admin.close();
    }

    void apply(String name, String value) {
        admin.configMaps()
                .inNamespace("default")
                .resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .addToData("key", value)
                                .build())
                .serverSideApply();
    }

    void deleteConfigMap(String name) {
        admin.configMaps().inNamespace("default").withName(name).delete();
    }

    void createSecret(String name, String value) {
        admin.secrets()
                .inNamespace("default")
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .addToStringData("p", value)
                                .build())
                .create();
    }

    void createLoadBalancer(String name) {
        admin.services()
                .inNamespace("default")
                .resource(
                        new ServiceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withNewSpec()
                                .withType("LoadBalancer")
                                .addNewPort()
                                .withPort(80)
                                .endPort()
                                .endSpec()
                                .build())
                .create();
    }

    void addCondition(String service) {
        admin.services()
                .inNamespace("default")
                .withName(service)
                .editStatus(s ->
                        new ServiceBuilder(s)
                                .editOrNewStatus()
                                .addNewCondition()
                                .withType("Note")
                                .withStatus("True")
                                .withReason("None")
                                .withMessage("")
                                .withLastTransitionTime("2026-01-01T00:00:00Z")
                                .endCondition()
                                .endStatus()
                                .build());
    }

    void assignAddress(String service, String address) {
        admin.services()
                .inNamespace("default")
                .withName(service)
                .editStatus(s ->
                        new ServiceBuilder(s)
                                .editOrNewStatus()
                                .editOrNewLoadBalancer()
                                .addNewIngress()
                                .withIp(address)
                                .endIngress()
                                .endLoadBalancer()
                                .endStatus()
                                .build());
    }

    void defineWidgets() throws IOException {
        admin.raw(
                DEFINITIONS,
                "POST",
                json(
                        """
                        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                         "metadata":{"name":"widgets.shop.example"},
                         "spec":{"group":"shop.example","scope":"Namespaced",
                          "names":{"plural":"widgets","singular":"widget","kind":"Widget"},
                          "versions":[{"name":"v1","served":true,"storage":true,
                           "schema":{"openAPIV3Schema":{"type":"object",
                            "x-kubernetes-preserve-unknown-fields":true}}}]}}\
                        """));
    }

    void createWidget(String name) throws IOException {
        admin.raw(
                "/apis/shop.example/v1/namespaces/default/widgets",
                "POST",
                json(
                        """
                        {"apiVersion":"shop.example/v1","kind":"Widget","metadata":{"name":"%s"},
                         "spec":{"size":1}}\
                        """
                                .formatted(name)));
    }

    void forgetWidgets() {
        admin.raw(DEFINITIONS + "/widgets.shop.example", "DELETE", null);
    }

    private static JsonNode json(String text) throws IOException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
