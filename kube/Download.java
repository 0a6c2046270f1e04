import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;

/// Lets fabric8's kube-api-test fetch the newest kube-apiserver, etcd and kubectl of a release line:
/// `java -cp ... Download.java FOLDER 1.36.*`. Run by `kube/obtain`.
public final class Download {
    private Download() {}

    public static void main(String[] args) {
        try {
            new BinaryManager(
                            KubeAPIServerConfigBuilder.anAPIServerConfig()
                                    .withTestDir(args[0])
                                    .withApiServerVersion(args[1])
                                    .withOfflineMode(false)
                                    .build())
                    .initAndDownloadIfRequired();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.out.println("kube: the download did not work (" + cause + ")");
            System.exit(1);
        }
    }
}
