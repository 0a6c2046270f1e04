package dev.driftledger.sandbox;

import dev.driftledger.sandbox.Life.Act;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What happens in the sandbox: the shop opens, a human changes things by hand, the platform gives
/// and moves addresses, a commit waits for its pipeline.
///
/// Every step can be repeated on kept data. A round ends with everything as git says, so rounds
/// neither pile up nor fight.
final class LifeScript {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration STEP = Duration.ofSeconds(8);
    private static final Duration PIPELINE = Duration.ofSeconds(20);
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/";
    private static final String VOLUMES = "/api/v1/persistentvolumes/";
    private static final String CLAIM =
            "/api/v1/namespaces/billing/persistentvolumeclaims/billing-data";
    private static final String SERVICE = "/api/v1/namespaces/gateway/services/gateway";
    private static final Pattern IMAGE = Pattern.compile("(gateway:1\\.4\\.)(\\d+)");

    private final Shop shop;
    private final Delivery delivery;
    private final KubeUser alice;
    private final KubeUser platform;

    /// @param say takes what happens besides the steps, a line each
    LifeScript(Shop shop, ClusterAccess access, Consumer<String> say) {
        this.shop = shop;
        this.delivery = new Delivery(shop, access.as(ClusterAccess.CI), say);
        this.alice = access.as(ClusterAccess.ALICE);
        this.platform = access.as(ClusterAccess.PLATFORM);
    }

    /// Namespaces, the shop as git says, and the first drift right behind it.
    List<Act> opening() {
        return List.of(
                act(NOW, "platform", "makes the namespaces of the shop", this::makeNamespaces),
                act(NOW, "ci", "applies gateway, cart and billing", delivery::applyAll));
    }

    /// About a minute and a half of life; ends with everything repaired.
    List<Act> round() {
        return List.of(
                act(NOW, "alice", "scales the Deployment cart to 5", this::scaleCart),
                act(STEP, "platform", "gives the Service gateway an address", () -> address(10)),
                act(STEP, "platform", "binds a volume to billing-data", this::bindVolume),
                act(STEP, "alice", "sets another image on the Deployment billing", this::setImage),
                act(STEP, "alice", "adds DEBUG to the environment of gateway", this::addVariable),
                act(STEP, "alice", "deletes the ConfigMap cart-config", this::deleteConfig),
                act(STEP, "alice", "creates the Deployment debug-shell", this::createShell),
                act(STEP, "dana", "commits a new version of gateway", this::commitVersion),
                act(PIPELINE, "ci", "applies gateway", () -> delivery.apply("gateway")),
                act(STEP, "platform", "moves gateway to another address", () -> address(11)),
                act(STEP, "ci", "applies cart and billing again", this::repair),
                act(STEP, "alice", "takes DEBUG away again", this::removeVariable),
                act(STEP, "alice", "deletes the Deployment debug-shell", this::deleteShell));
    }

    private static Act act(Duration delay, String actor, String did, Runnable deed) {
        return new Act(delay, actor, did, deed);
    }

    private void makeNamespaces() {
        for (String name : Shop.APPLICATIONS) {
            String object =
                    """
                    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
                    """
                            .formatted(name);
            platform.apply("/api/v1/namespaces/" + name, "platform", Manifest.json(object));
        }
    }

    /// As `kubectl scale`: the scale subresource, manager `kubectl`.
    private void scaleCart() {
        String path = deployment("cart", "cart") + "/scale";
        alice.merge(path, "kubectl", Manifest.json("{\"spec\": {\"replicas\": 5}}"));
    }

    /// As `kubectl set image`.
    private void setImage() {
        container(
                "billing", "kubectl-set", "\"image\": \"registry.shop.example/billing:3.2.0-rc1\"");
    }

    /// As `kubectl edit`.
    private void addVariable() {
        container(
                "gateway", "kubectl-edit", "\"env\": [{\"name\": \"DEBUG\", \"value\": \"true\"}]");
    }

    private void removeVariable() {
        container(
                "gateway",
                "kubectl-edit",
                "\"env\": [{\"name\": \"DEBUG\", \"$patch\": \"delete\"}]");
    }

    private void deleteConfig() {
        alice.delete("/api/v1/namespaces/cart/configmaps/cart-config");
    }

    /// As `kubectl create deployment debug-shell --image=…`.
    private void createShell() {
        String object =
                """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "debug-shell", "labels": {"app": "debug-shell"}},
                 "spec": {
                   "replicas": 1,
                   "selector": {"matchLabels": {"app": "debug-shell"}},
                   "template": {
                     "metadata": {"labels": {"app": "debug-shell"}},
                     "spec": {"containers": [{
                       "name": "shell", "image": "registry.shop.example/tools/shell:latest"}]}}}}
                """;
        String collection = DEPLOYMENTS + "gateway/deployments";
        alice.create(collection, "kubectl-create", Manifest.json(object));
    }

    private void deleteShell() {
        alice.delete(deployment("gateway", "debug-shell"));
    }

    private void commitVersion() {
        String path = "gateway/deployment.yaml";
        Matcher image = IMAGE.matcher(shop.files().getOrDefault(path, ""));
        if (!image.find()) {
            throw new SandboxException("no gateway:1.4.x in " + path + " to count up", null);
        }
        String version = image.group(1) + (Integer.parseInt(image.group(2)) + 1);
        shop.commit("dana", "Ship " + version, path, image.replaceFirst(version));
    }

    private void repair() {
        delivery.apply("cart");
        delivery.apply("billing");
    }

    /// What a cloud's controller does: an address of the documentation range (RFC 5737).
    private void address(int last) {
        String status =
                """
                {"status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.%d", "ipMode": "VIP"}]}}}
                """
                        .formatted(last);
        platform.merge(SERVICE + "/status", "cloud-controller", Manifest.json(status));
    }

    /// What a volume provisioner and the volume binder do. A claim stays bound from then on.
    private void bindVolume() {
        String volume =
                """
                {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "disk-1"},
                 "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"],
                   "storageClassName": "sandbox-disk", "persistentVolumeReclaimPolicy": "Retain",
                   "hostPath": {"path": "/var/lib/sandbox/disk-1"},
                   "claimRef": {"namespace": "billing", "name": "billing-data"}}}
                """;
        platform.apply(VOLUMES + "disk-1", "volume-provisioner", Manifest.json(volume));
        String claim =
                """
                {"metadata": {"annotations": {"pv.kubernetes.io/bind-completed": "yes"}},
                 "spec": {"volumeName": "disk-1"}}
                """;
        platform.merge(CLAIM, "kube-controller-manager", Manifest.json(claim));
        String bound = "{\"status\": {\"phase\": \"Bound\", \"capacity\": {\"storage\": \"1Gi\"}}}";
        platform.merge(CLAIM + "/status", "kube-controller-manager", Manifest.json(bound));
    }

    private void container(String name, String manager, String field) {
        String patch =
                """
                {"spec": {"template": {"spec": {"containers": [{"name": "%s", %s}]}}}}
                """
                        .formatted(name, field);
        alice.strategic(deployment(name, name), manager, Manifest.json(patch));
    }

    private static String deployment(String namespace, String name) {
        return DEPLOYMENTS + namespace + "/deployments/" + name;
    }
}
