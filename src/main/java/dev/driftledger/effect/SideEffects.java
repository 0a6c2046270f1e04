package dev.driftledger.effect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads side effects out of live objects.
public final class SideEffects {
    /// The most side effects that one object is read for; a load balancer has a few addresses.
    public static final int COUNT_MAX = 1000;

    private static final Comparator<SideEffect> ORDER =
            Comparator.comparing(SideEffect::path).thenComparing(SideEffect::value);

    private SideEffects() {}

    /// The side effects of a live object, sorted by path, at most [#COUNT_MAX]; empty when it has
    /// none.
    public static List<SideEffect> of(ObjectNode live) {
        List<SideEffect> found = new ArrayList<>();
        switch (group(live) + "/" + live.path("kind").asText()) {
            case "/Service" -> {
                balancer(live, found);
                service(live.path("spec"), found);
            }
            case "networking.k8s.io/Ingress" -> balancer(live, found);
            case "gateway.networking.k8s.io/Gateway" -> gateway(live, found);
            case "/PersistentVolumeClaim" -> {
                JsonNode name = live.path("spec").path("volumeName");
                add(found, SideEffect.Type.VOLUME_BINDING, "spec.volumeName", name);
            }
            case "/PersistentVolume" -> volume(live.path("spec"), found);
            default -> {}
        }
        return found.stream().sorted(ORDER).limit(COUNT_MAX).toList();
    }

    /// What appeared, changed and went between two observations of one object, sorted by path.
    ///
    /// @param before null when the object was not there
    /// @param after null when the object is gone
    public static List<SideEffectChange> changes(
            @Nullable ObjectNode before, @Nullable ObjectNode after) {
        return changes(
                before == null ? List.of() : of(before), after == null ? List.of() : of(after));
    }

    /// What appeared, changed and went between two lists that [#of] gave.
    public static List<SideEffectChange> changes(List<SideEffect> before, List<SideEffect> after) {
        Map<String, SideEffect> old = byPath(before);
        Map<String, SideEffect> now = byPath(after);
        TreeMap<String, SideEffect> all = new TreeMap<>(old);
        all.putAll(now);
        List<SideEffectChange> changes = new ArrayList<>();
        for (SideEffect each : all.values()) {
            SideEffect was = old.get(each.path());
            SideEffect is = now.get(each.path());
            if (was == null) {
                changes.add(change(each, SideEffectChange.Change.APPEARED, null, each.value()));
            } else if (is == null) {
                changes.add(change(each, SideEffectChange.Change.GONE, each.value(), null));
            } else if (!was.value().equals(is.value())) {
                changes.add(change(each, SideEffectChange.Change.CHANGED, was.value(), is.value()));
            }
        }
        return List.copyOf(changes);
    }

    private static SideEffectChange change(
            SideEffect effect,
            SideEffectChange.Change change,
            @Nullable String before,
            @Nullable String after) {
        return new SideEffectChange(effect.type(), effect.path(), change, before, after);
    }

    private static void balancer(ObjectNode live, List<SideEffect> found) {
        int index = 0;
        for (JsonNode each : live.path("status").path("loadBalancer").path("ingress")) {
            String path = "status.loadBalancer.ingress[" + index + "]";
            add(found, SideEffect.Type.LOAD_BALANCER_ADDRESS, path + ".ip", each.path("ip"));
            add(
                    found,
                    SideEffect.Type.LOAD_BALANCER_ADDRESS,
                    path + ".hostname",
                    each.path("hostname"));
            index++;
        }
    }

    private static void gateway(ObjectNode live, List<SideEffect> found) {
        int index = 0;
        for (JsonNode each : live.path("status").path("addresses")) {
            String path = "status.addresses[" + index + "].value";
            add(found, SideEffect.Type.LOAD_BALANCER_ADDRESS, path, each.path("value"));
            index++;
        }
    }

    /// Cluster IPs and node ports; `None` is no address.
    private static void service(JsonNode spec, List<SideEffect> found) {
        JsonNode all = spec.path("clusterIPs");
        for (int i = 0; i < all.size(); i++) {
            clusterIp(found, "spec.clusterIPs[" + i + "]", all.get(i));
        }
        if (all.isEmpty()) {
            clusterIp(found, "spec.clusterIP", spec.path("clusterIP"));
        }
        for (JsonNode port : spec.path("ports")) {
            String key = port.path("port").asText() + "/" + port.path("protocol").asText("TCP");
            add(
                    found,
                    SideEffect.Type.NODE_PORT,
                    "spec.ports[" + key + "].nodePort",
                    port.path("nodePort"));
        }
        JsonNode health = spec.path("healthCheckNodePort");
        add(found, SideEffect.Type.NODE_PORT, "spec.healthCheckNodePort", health);
    }

    private static void clusterIp(List<SideEffect> found, String path, JsonNode address) {
        if (!address.asText().equals("None")) {
            add(found, SideEffect.Type.CLUSTER_IP, path, address);
        }
    }

    private static void volume(JsonNode spec, List<SideEffect> found) {
        JsonNode claim = spec.path("claimRef");
        if (claim.path("name").isTextual()) {
            String name = claim.path("namespace").asText() + "/" + claim.path("name").asText();
            found.add(new SideEffect(SideEffect.Type.VOLUME_BINDING, "spec.claimRef", name));
        }
        JsonNode handle = spec.path("csi").path("volumeHandle");
        add(found, SideEffect.Type.VOLUME_HANDLE, "spec.csi.volumeHandle", handle);
    }

    private static void add(
            List<SideEffect> found, SideEffect.Type type, String path, JsonNode value) {
        boolean zero = value.isNumber() && value.asLong() == 0;
        if (value.isValueNode() && !value.isNull() && !zero && !value.asText().isEmpty()) {
            found.add(new SideEffect(type, path, value.asText()));
        }
    }

    private static Map<String, SideEffect> byPath(List<SideEffect> effects) {
        TreeMap<String, SideEffect> map = new TreeMap<>();
        effects.forEach(each -> map.put(each.path(), each));
        return map;
    }

    private static String group(ObjectNode object) {
        String api = object.path("apiVersion").asText();
        return api.substring(0, Math.max(0, api.indexOf('/')));
    }
}
