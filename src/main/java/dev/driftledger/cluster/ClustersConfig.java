package dev.driftledger.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which clusters are watched, by the name that people call them:
/// `driftledger.clusters.<name>.context=…`.
@ConfigMapping(prefix = "driftledger.clusters")
public interface ClustersConfig {
    /// The clusters by name; none by default.
    @WithParentName
    Map<String, Cluster> byName();

    /// How to reach one cluster.
    interface Cluster {
        /// Context of the kubeconfig; its current one when absent.
        Optional<String> context();

        /// Path of the kubeconfig; `KUBECONFIG` or `~/.kube/config` when absent.
        Optional<Path> kubeconfig();

        /// Whether to use the service account of the Pod that this runs in.
        @WithDefault("false")
        boolean inCluster();

        /// Whether the cluster is watched at all.
        @WithDefault("true")
        boolean enabled();

        /// The client configuration.
        ///
        /// @param name the cluster's, for messages
        /// @throws IllegalArgumentException naming the key that is wrong and what to set
        default Config clientConfig(String name) {
            String key = "driftledger.clusters." + name;
            if (inCluster()) {
                return inClusterConfig(key);
            }
            return fromKubeconfig(
                    Named.under(key), kubeconfig().orElse(null), context().orElse(null));
        }
    }

    /// What the settings are called where somebody set them, for messages.
    ///
    /// @param instead what else one may do than name a kubeconfig
    record Named(String kubeconfig, String context, String instead) {
        static Named under(String key) {
            return new Named(
                    key + ".kubeconfig",
                    key + ".context",
                    ", or set " + key + ".in-cluster=true inside of a Pod");
        }
    }

    /// Reads a context of a kubeconfig.
    ///
    /// @param named the settings in messages
    /// @param file null for `KUBECONFIG` or `~/.kube/config`
    /// @param context null for the current one
    /// @throws IllegalArgumentException naming the key that is wrong and what to set
    static Config fromKubeconfig(Named named, @Nullable Path file, @Nullable String context) {
        Path path = file == null ? defaultKubeconfig() : file;
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(
                    named.kubeconfig()
                            + " names "
                            + path
                            + ", which is no readable file; set it to a kubeconfig"
                            + named.instead());
        }
        Config config = parsed(named, path, context);
        if (context != null
                && config.getContexts().stream().noneMatch(c -> c.getName().equals(context))) {
            throw new IllegalArgumentException(
                    named.context()
                            + " is '"
                            + context
                            + "', which "
                            + path
                            + " does not have; set one of "
                            + config.getContexts().stream().map(c -> c.getName()).toList());
        }
        return config;
    }

    private static Config parsed(Named named, Path path, @Nullable String context) {
        try {
            return Config.fromKubeconfig(context, path.toFile());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    named.kubeconfig()
                            + " names "
                            + path
                            + ", which cannot be read as a kubeconfig; set it to one that `kubectl"
                            + " --kubeconfig` takes",
                    e);
        }
    }

    private static Config inClusterConfig(String key) {
        if (System.getenv("KUBERNETES_SERVICE_HOST") == null) {
            throw new IllegalArgumentException(
                    key
                            + ".in-cluster is true, but this does not run in a Pod; set "
                            + key
                            + ".context to a context of your kubeconfig instead");
        }
        return new ConfigBuilder().build();
    }

    private static Path defaultKubeconfig() {
        String fromEnvironment = System.getenv("KUBECONFIG");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            int first = fromEnvironment.indexOf(java.io.File.pathSeparatorChar);
            return Path.of(first < 0 ? fromEnvironment : fromEnvironment.substring(0, first));
        }
        return Path.of(System.getProperty("user.home"), ".kube", "config");
    }
}
