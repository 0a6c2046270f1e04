package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.ClusterRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;

/// An open way to one API server, with the cluster's identity read from it.
///
/// @param ref uid of its `kube-system` namespace, and the name it was configured under
/// @param client supplies connection, identity and trust; closed with this
/// @param kubernetesVersion such as `v1.36.3`
public record ClusterConnection(ClusterRef ref, KubernetesClient client, String kubernetesVersion)
        implements AutoCloseable {

    /// Only for asking who the cluster is, which is tried again and again; what is watched after
    /// that has `driftledger.cluster.request-timeout`.
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /// Connects and reads the identity.
    ///
    /// @param name what people call the cluster
    /// @param config from a kubeconfig, the Pod's service account or a test; copied
    /// @throws IOException when the server cannot be reached or refuses, saying why
    public static ClusterConnection open(String name, Config config)
            throws IOException, InterruptedException {
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(forWatching(config)).build();
        try {
            ApiServer api = new ApiServer(client, TIMEOUT);
            JsonNode namespace = api.json("/api/v1/namespaces/kube-system", ApiServer.JSON);
            String uid = namespace.path("metadata").path("uid").asText("");
            String version =
                    api.json("/version", ApiServer.JSON).path("gitVersion").asText("unknown");
            return new ClusterConnection(new ClusterRef(uid, name), client, version);
        } catch (ApiServer.Refused e) {
            client.close();
            throw new IOException(
                    "cluster '"
                            + name
                            + "' refuses to show namespace kube-system, whose uid is its identity"
                            + " (grant get on it): "
                            + e.getMessage(),
                    e);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw new IOException(
                    "cluster '" + name + "' at " + config.getMasterUrl() + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /// One connection per watch (a dead one must not take others with it), no hidden retries.
    private static Config forWatching(Config config) {
        return new ConfigBuilder(config)
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(0)
                .build();
    }
}
