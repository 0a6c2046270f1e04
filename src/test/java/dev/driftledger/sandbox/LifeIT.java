package dev.driftledger.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeIT {
    private static final String CART = "/apis/apps/v1/namespaces/cart/deployments/cart";
    private static final String BILLING = "/apis/apps/v1/namespaces/billing/deployments/billing";
    private static final String GATEWAY = "/apis/apps/v1/namespaces/gateway/deployments/gateway";
    private static final String SHELL = "/apis/apps/v1/namespaces/gateway/deployments/debug-shell";
    private static final String CONFIG = "/api/v1/namespaces/cart/configmaps/cart-config";
    private static final String SERVICE = "/api/v1/namespaces/gateway/services/gateway";
    private static final String CLAIM =
            "/api/v1/namespaces/billing/persistentvolumeclaims/billing-data";
    private static final String TARIFF =
            "/apis/billing.shop.example/v1/namespaces/billing/tariffs/standard";

    @TempDir Path folder;

    @Test
    void the_script_does_on_a_real_cluster_what_it_says() {
        // Given
        try (ControlPlane plane = ControlPlaneIT.start(folder.resolve("cluster"));
                Shop shop = Shop.open(folder.resolve("shop.git"))) {
            LifeScript script = new LifeScript(shop, plane.access(), _ -> {});
            List<Life.Act> acts = new ArrayList<>(script.opening());
            acts.addAll(script.round());
            int shell = indexOf(acts, "creates the Deployment debug-shell") + 1;
            KubeUser admin = plane.access().as(ClusterAccess.ADMIN);

            // When
            acts.subList(0, shell).forEach(act -> act.deed().run());

            // Then
            assertDrifted(admin);

            // When
            acts.subList(shell, acts.size()).forEach(act -> act.deed().run());

            // Then
            assertRepaired(admin);
        }
    }

    @Test
    void a_second_life_goes_on_with_kept_data() {
        // Given
        Path file = folder.resolve("life.jsonl");
        List<String> lines = new ArrayList<>();
        try (ControlPlane plane = ControlPlaneIT.start(folder.resolve("cluster"))) {
            try (Shop shop = Shop.open(folder.resolve("shop.git"))) {
                live(plane, shop, new LifeLog(file, lines::add));
            }
            plane.stop();
            plane.start();

            // When
            try (Shop shop = Shop.open(folder.resolve("shop.git"))) {
                live(plane, shop, new LifeLog(file, lines::add));
            }

            // Then
            assertThat(lines).hasSize(30).noneMatch(line -> line.contains("could not"));
            assertThat(lines.get(2)).isEqualTo("step 3  alice scales the Deployment cart to 5");
            assertThat(LifeLog.read(file)).hasSize(30).last().matches(step -> step.number() == 30);
            assertRepaired(plane.access().as(ClusterAccess.ADMIN));
        }
    }

    @Test
    void a_manifest_that_cannot_be_read_is_passed_over_and_the_story_goes_on() {
        // Given
        List<String> steps = new ArrayList<>();
        List<String> said = new ArrayList<>();
        try (ControlPlane plane = ControlPlaneIT.start(folder.resolve("cluster"));
                Shop shop = Shop.open(folder.resolve("shop.git"))) {
            shop.commit("dana", "Break a file", "gateway/a.yaml", "a: [");
            String nameless = "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: x-}}";
            shop.commit("dana", "Name nothing", "gateway/b.yaml", nameless);

            // When
            live(plane, shop, new LifeLog(folder.resolve("life.jsonl"), steps::add), said::add);

            // Then
            assertThat(steps).hasSize(15).noneMatch(line -> line.contains("could not"));
            assertThat(said)
                    .contains(
                            "ci passes over gateway/a.yaml: no valid YAML",
                            "ci passes over gateway/b.yaml: ConfigMap has no metadata.name");
            assertRepaired(plane.access().as(ClusterAccess.ADMIN));
        }
    }

    private static void live(ControlPlane plane, Shop shop, LifeLog log) {
        live(plane, shop, log, _ -> {});
    }

    private static void live(ControlPlane plane, Shop shop, LifeLog log, Consumer<String> say) {
        LifeScript script = new LifeScript(shop, plane.access(), say);
        new Life(script, log, InstantSource.system()).playOnce(0);
    }

    private static void assertDrifted(KubeUser admin) {
        JsonNode cart = admin.get(CART).orElseThrow();
        assertThat(cart.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(managers(cart)).contains("ci Apply ", "kubectl Update scale");
        JsonNode billing = admin.get(BILLING).orElseThrow();
        assertThat(container(billing).path("image").asText()).endsWith("billing:3.2.0-rc1");
        assertThat(managers(billing)).contains("ci Apply ", "kubectl-set Update ");
        JsonNode gateway = admin.get(GATEWAY).orElseThrow();
        assertThat(container(gateway).at("/env/0/name").asText()).isEqualTo("DEBUG");
        assertThat(managers(gateway)).contains("kubectl-edit Update ");
        assertThat(admin.get(CONFIG)).isEmpty();
        assertThat(managers(admin.get(SHELL).orElseThrow())).contains("kubectl-create Update ");
        assertThat(ip(admin)).isEqualTo("203.0.113.10");
        JsonNode claim = admin.get(CLAIM).orElseThrow();
        assertThat(claim.at("/spec/volumeName").asText()).isEqualTo("disk-1");
        assertThat(claim.at("/status/phase").asText()).isEqualTo("Bound");
    }

    private static void assertRepaired(KubeUser admin) {
        assertThat(admin.get(CART).orElseThrow().at("/spec/replicas").asInt()).isEqualTo(2);
        JsonNode billing = container(admin.get(BILLING).orElseThrow());
        assertThat(billing.path("image").asText()).endsWith("billing:3.1.0");
        JsonNode gateway = container(admin.get(GATEWAY).orElseThrow());
        assertThat(gateway.has("env")).isFalse();
        assertThat(gateway.path("image").asText()).matches(".*gateway:1\\.4\\.[1-9]");
        assertThat(admin.get(CONFIG)).isPresent();
        assertThat(admin.get(SHELL)).isEmpty();
        assertThat(ip(admin)).isEqualTo("203.0.113.11");
        assertThat(admin.get(TARIFF)).isPresent();
    }

    private static String ip(KubeUser admin) {
        JsonNode service = admin.get(SERVICE).orElseThrow();
        return service.at("/status/loadBalancer/ingress/0/ip").asText();
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private static Set<String> managers(JsonNode object) {
        Set<String> managers = new TreeSet<>();
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            String operation = entry.path("operation").asText();
            String part = entry.path("subresource").asText();
            managers.add(entry.path("manager").asText() + " " + operation + " " + part);
        }
        return managers;
    }

    private static int indexOf(List<Life.Act> acts, String did) {
        return acts.stream().map(Life.Act::did).toList().indexOf(did);
    }
}
