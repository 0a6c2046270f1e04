package dev.driftledger.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.sandbox.KubeUser;
import dev.driftledger.sandbox.SandboxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Changes ConfigMaps of one application in random order and writes down every version that the
/// API server acknowledged: the truth that a log is compared with.
public final class ClusterLoad implements AutoCloseable {
    private static final String COLLECTION = "/api/v1/namespaces/default/configmaps";
    private static final int OBJECTS_COUNT = 20;
    private static final String PREFIX = "load-";
    private static final long PAUSE_MILLIS = 15;

    private final KubeUser user;
    private final Random random;
    private final List<Version> acknowledged = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private long counter;

    /// A version of an object that the API server has.
    ///
    /// @param resourceVersion that the write was answered with
    /// @param answeredAt when the answer came
    public record Version(String name, String uid, String resourceVersion, Instant answeredAt) {}

    private ClusterLoad(KubeUser user, long seed) {
        this.user = user;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().daemon().name("load").unstarted(this::run);
    }

    /// Begins to write; ends with [#close()].
    public static ClusterLoad begin(KubeUser user, long seed) {
        ClusterLoad load = new ClusterLoad(user, seed);
        load.thread.start();
        return load;
    }

    /// The desired state that these changes drift from, as a YAML stream.
    public static String desired() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < OBJECTS_COUNT; i++) {
            yaml.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ")
                    .append(PREFIX)
                    .append(i)
                    .append("\ndata:\n  counter: \"0\"\n");
        }
        return yaml.toString();
    }

    /// Every version acknowledged so far, in order.
    public List<Version> acknowledged() {
        synchronized (acknowledged) {
            return List.copyOf(acknowledged);
        }
    }

    /// What the API server has now: name to uid and resourceVersion.
    public static Map<String, Version> present(KubeUser user) {
        Map<String, Version> present = new TreeMap<>();
        for (JsonNode item : user.get(COLLECTION).orElseThrow().path("items")) {
            Version version = version(item);
            if (version.name().startsWith(PREFIX)) {
                present.put(version.name(), version);
            }
        }
        return present;
    }

    /// Writes one object at once and returns its version.
    public static Version write(KubeUser user, String name, String value) {
        return version(user.apply(COLLECTION + "/" + name, "test", map(name, value)));
    }

    private void run() {
        while (!stopped) {
            String name = PREFIX + random.nextInt(OBJECTS_COUNT);
            try {
                change(name);
            } catch (SandboxException e) {
                // Not acknowledged: the API server is away, or the answer was lost.
                pause(200);
            }
            pause(random.nextLong(2 * PAUSE_MILLIS));
        }
    }

    private void change(String name) {
        if (random.nextInt(20) == 0) {
            user.delete(COLLECTION + "/" + name);
            return;
        }
        Version version = write(user, name, String.valueOf(++counter));
        synchronized (acknowledged) {
            acknowledged.add(version);
        }
    }

    private static Version version(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new Version(
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                metadata.path("resourceVersion").asText(),
                Instant.now());
    }

    private static ObjectNode map(String name, String value) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", name);
        map.putObject("data").put("counter", value);
        return map;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
