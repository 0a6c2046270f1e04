package dev.driftledger.testkit;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.sandbox.ClusterAccess;
import dev.driftledger.sandbox.ControlPlane;
import dev.driftledger.sandbox.KubeBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real API server with etcd and the controllers that need no node, for writing to it under any
/// field manager's name.
public final class KubeLab implements AutoCloseable {
    /// Those that [ControlPlane] leaves out and that write to objects which manifests name.
    private static final String MORE_CONTROLLERS =
            String.join(
                    ",",
                    "replicationcontroller-controller",
                    "daemonset-controller",
                    "endpoints-controller",
                    "disruption-controller",
                    "horizontal-pod-autoscaler-controller",
                    "persistentvolume-binder-controller",
                    "persistentvolumeclaim-protection-controller",
                    "persistentvolume-protection-controller",
                    "volumeattributesclass-protection-controller",
                    "clusterrole-aggregation-controller",
                    "serviceaccount-controller",
                    "ephemeral-volume-controller",
                    "resourcequota-controller",
                    "service-cidr-controller",
                    "resourceclaim-controller",
                    "validatingadmissionpolicy-status-controller");

    private final Path folder;
    private final KubeBinaries binaries;
    private final ControlPlane plane;
    private final @Nullable Process controllers;

    private KubeLab(Path folder, KubeBinaries binaries) throws IOException {
        this.folder = folder;
        this.binaries = binaries;
        this.plane = ControlPlane.start(folder.resolve("cluster"), binaries, _ -> {});
        this.controllers =
                binaries.controllerManager().isPresent()
                        ? moreControllers(binaries.controllerManager().get())
                        : null;
    }

    /// Starts it; the test that needs it is skipped, with a line that says so, where the binaries
    /// are not there.
    public static KubeLab start(Path folder, String test) throws IOException {
        Optional<KubeBinaries> binaries =
                KubeBinaries.find().filter(b -> b.controllerManager().isPresent());
        if (binaries.isEmpty()) {
            System.err.println(
                    "SKIPPED "
                            + test
                            + ": no kube-apiserver with kube-controller-manager; run make kube");
        }
        Assumptions.assumeTrue(binaries.isPresent());
        return new KubeLab(folder, binaries.get());
    }

    public ClusterAccess access() {
        return plane.access();
    }

    public ApiClient client(String user) {
        return new ApiClient(access(), user);
    }

    /// What a command wrote, and whether it ended well.
    public record Outcome(int exitCode, List<String> lines) {}

    /// Runs `kubectl` as `ci`.
    public Outcome kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(binaries.kubectl().toString());
        command.add("--kubeconfig=" + access().kubeconfig(ClusterAccess.CI));
        command.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile(folder, "kubectl", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("HOME", folder.toString());
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("kubectl takes too long: " + command);
        }
        return new Outcome(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
    }

    /// The cluster's OpenAPI v3 documents by path.
    public static SortedMap<String, JsonNode> openApi(ApiClient client) {
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        JsonNode paths = client.get("/openapi/v3").object().path("paths");
        for (Map.Entry<String, JsonNode> each : paths.properties()) {
            ApiClient.Answer answer =
                    client.get(each.getValue().path("serverRelativeURL").asText());
            if (answer.isGood()) {
                documents.put(each.getKey(), answer.body());
            }
        }
        return documents;
    }

    @Override
    public void close() {
        if (controllers != null) {
            controllers.destroy();
            try {
                if (!controllers.waitFor(10, TimeUnit.SECONDS)) {
                    controllers.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        plane.close();
    }

    /// Those of the list that this version has: it ends at once over a name that it does not know.
    private static String known(Path binary) {
        try {
            Process process =
                    new ProcessBuilder(binary.toString(), "--help")
                            .redirectErrorStream(true)
                            .start();
            String help =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Set<String> all = new HashSet<>(Arrays.asList(help.split("[\\s,]+", -1)));
            return Stream.of(MORE_CONTROLLERS.split(",", -1))
                    .filter(all::contains)
                    .collect(joining(","));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process moreControllers(Path binary) {
        Path kubeconfig = access().kubeconfig(ClusterAccess.ADMIN);
        try {
            return new ProcessBuilder(
                            binary.toString(),
                            "--kubeconfig=" + kubeconfig,
                            "--authentication-kubeconfig=" + kubeconfig,
                            "--authorization-kubeconfig=" + kubeconfig,
                            "--secure-port=0",
                            "--leader-elect=false",
                            "--controllers=" + known(binary))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("more-controllers.log").toFile())
                    .start();
        } catch (IOException e) {
            plane.close();
            throw new UncheckedIOException(e);
        }
    }
}
