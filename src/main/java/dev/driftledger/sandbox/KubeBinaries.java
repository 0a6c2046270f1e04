package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder with the executables `kube-apiserver`, `etcd` and `kubectl`, perhaps also
/// `kube-controller-manager`.
public record KubeBinaries(Path folder) {
    private static final List<String> NEEDED = List.of("kube-apiserver", "etcd", "kubectl");

    /// The folder that `KUBEBUILDER_ASSETS` names, else the newest version in the cache that
    /// `make kube` fills (`~/.cache/driftledger/kube/k8s/<version>-<os>-<arch>`). Empty where
    /// neither is complete.
    public static Optional<KubeBinaries> find() {
        return candidates().stream()
                .filter(KubeBinaries::isComplete)
                .findFirst()
                .map(folder -> new KubeBinaries(folder.toAbsolutePath()));
    }

    public Path apiServer() {
        return folder.resolve("kube-apiserver");
    }

    public Path etcd() {
        return folder.resolve("etcd");
    }

    public Path kubectl() {
        return folder.resolve("kubectl");
    }

    /// Empty where the set has none: the cluster then runs without ReplicaSets, garbage collection
    /// and deletion of namespaces.
    public Optional<Path> controllerManager() {
        return Optional.of(folder.resolve("kube-controller-manager")).filter(Files::isExecutable);
    }

    private static List<Path> candidates() {
        List<Path> folders = new ArrayList<>();
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets != null && !assets.isBlank()) {
            folders.add(Path.of(assets));
        }
        Path cache = Folders.cache().resolve("kube").resolve("k8s");
        if (Files.isDirectory(cache)) {
            try (Stream<Path> versions = Files.list(cache)) {
                versions.filter(v -> v.getFileName().toString().endsWith(platform()))
                        .sorted(Comparator.comparing(KubeBinaries::version).reversed())
                        .forEach(folders::add);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + cache, e);
            }
        }
        return folders;
    }

    private static boolean isComplete(Path folder) {
        return NEEDED.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    /// `1.9.10-linux-amd64` as `0001.0009.0010`, so that it sorts by number.
    private static String version(Path folder) {
        StringBuilder key = new StringBuilder();
        for (String part :
                folder.getFileName().toString().replaceFirst("-.*", "").split("\\.", -1)) {
            key.append(String.format(Locale.ROOT, "%4s.", part).replace(' ', '0'));
        }
        return key.toString();
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        return (os.contains("mac") ? "-darwin-" : "-linux-") + (arm ? "arm64" : "amd64");
    }
}
