package dev.driftledger.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A real kube-apiserver with its etcd in a folder, on 127.0.0.1; no nodes.
///
/// Where the binaries have a kube-controller-manager it runs too, without the volume binder and
/// the autoscaler: those parts the sandbox's own "platform" plays. Users and tokens are those of
/// [ClusterAccess].
public final class ControlPlane implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final String CONTROLLERS =
            String.join(
                    ",",
                    "deployment-controller",
                    "replicaset-controller",
                    "statefulset-controller",
                    "job-controller",
                    "cronjob-controller",
                    "endpointslice-controller",
                    "namespace-controller",
                    "garbage-collector-controller");

    private final Path folder;
    private final KubeBinaries binaries;
    private final Consumer<String> progress;
    private final List<Integer> ports;
    private final ClusterAccess access;
    private final ChildProcess etcd;
    private final ChildProcess apiServer;
    private final ChildProcess controllerManager;
    private final EtcdGateway gateway;

    private ControlPlane(Path folder, KubeBinaries binaries, Consumer<String> progress) {
        this.folder = Folders.make(folder.toAbsolutePath().normalize());
        this.binaries = binaries;
        this.progress = progress;
        this.etcd = new ChildProcess("etcd", this.folder);
        this.apiServer = new ChildProcess("kube-apiserver", this.folder);
        this.controllerManager = new ChildProcess("kube-controller-manager", this.folder);
        stopOrphans(this.folder);
        this.ports = KeptPorts.of(this.folder.resolve("ports"), 4);
        this.access = new ClusterAccess(this.folder, "https://127.0.0.1:" + ports.get(2));
        this.gateway = new EtcdGateway("http://127.0.0.1:" + ports.get(0));
    }

    /// Starts the cluster on the data kept in `folder`, made at the first start. Each progress line
    /// is given to `progress`. Processes that a killed run left behind are stopped first.
    public static ControlPlane start(
            Path folder, KubeBinaries binaries, Consumer<String> progress) {
        ControlPlane plane = new ControlPlane(folder, binaries, progress);
        plane.start();
        return plane;
    }

    /// Starts again after [#stop()] or [#kill()], on the same ports and data.
    public void start() {
        progress.accept("etcd starts");
        access.prepare();
        etcd.start(etcdCommand());
        await("etcd", etcd, gateway::isHealthy);
        startApiServer();
        if (binaries.controllerManager().isPresent()) {
            controllerManager.start(controllerManagerCommand(binaries.controllerManager().get()));
        }
    }

    /// Starts the API server alone, on a running etcd, and waits until it is ready.
    public void startApiServer() {
        progress.accept("kube-apiserver starts");
        apiServer.start(apiServerCommand());
        await("kube-apiserver", apiServer, access::isReady);
        access.bindUsers();
        progress.accept("kube-apiserver is ready at " + url());
    }

    /// Stops the API server alone; etcd stays. Watches end, clients see connections refused.
    public void stopApiServer() {
        apiServer.stop();
    }

    /// Stops the API server and starts it again: every watch is cut and its cache is empty.
    public void restartApiServer() {
        stopApiServer();
        startApiServer();
    }

    /// SIGKILL to the API server only.
    public void killApiServer() {
        apiServer.kill();
    }

    /// Stops everything in order: what writes, then the API server, then etcd.
    public void stop() {
        controllerManager.stop();
        apiServer.stop();
        etcd.stop();
    }

    /// SIGKILL to everything at once, as a crash of the machine would do it.
    public void kill() {
        controllerManager.kill();
        apiServer.kill();
        etcd.kill();
    }

    @Override
    public void close() {
        stop();
    }

    /// Compacts etcd to its present revision, which is returned. After a [#restartApiServer()] a
    /// watch or list from an older resourceVersion is answered 410.
    public long compact() {
        return gateway.compact();
    }

    /// The API server's address, `https://127.0.0.1:<port>`.
    public String url() {
        return access.url();
    }

    /// Users, tokens, kubeconfig files.
    public ClusterAccess access() {
        return access;
    }

    /// Ends the processes that a killed run left behind on that folder, in order.
    static void stopOrphans(Path folder) {
        for (String name : List.of("kube-controller-manager", "kube-apiserver", "etcd")) {
            new ChildProcess(name, folder).stopOrphan();
        }
    }

    private void await(String name, ChildProcess process, BooleanSupplier ready) {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new SandboxException(name + " ended at once:\n" + process.tail(5), null);
            }
            if (System.nanoTime() > deadline) {
                throw new SandboxException(
                        name
                                + " is not ready after "
                                + START_MAX.toSeconds()
                                + " s; its log is in "
                                + folder
                                + ":\n"
                                + process.tail(5),
                        null);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the cluster started", e);
        }
    }

    private List<String> etcdCommand() {
        String client = "http://127.0.0.1:" + ports.get(0);
        String peer = "http://127.0.0.1:" + ports.get(1);
        return List.of(
                binaries.etcd().toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--name=sandbox",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=sandbox=" + peer,
                "--log-level=warn");
    }

    private List<String> apiServerCommand() {
        return List.of(
                binaries.apiServer().toString(),
                "--etcd-servers=http://127.0.0.1:" + ports.get(0),
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.get(2),
                "--cert-dir=" + folder.resolve("certs"),
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + access.signingKey(),
                "--service-account-key-file=" + access.signingKey(),
                "--token-auth-file=" + access.tokens(),
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--shutdown-delay-duration=0s",
                "--v=1");
    }

    private List<String> controllerManagerCommand(Path binary) {
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.add("--kubeconfig=" + access.kubeconfig(ClusterAccess.ADMIN));
        command.add("--authentication-kubeconfig=" + access.kubeconfig(ClusterAccess.ADMIN));
        command.add("--authorization-kubeconfig=" + access.kubeconfig(ClusterAccess.ADMIN));
        command.add("--bind-address=127.0.0.1");
        command.add("--secure-port=" + ports.get(3));
        command.add("--cert-dir=" + folder.resolve("certs-controllers"));
        command.add("--leader-elect=false");
        command.add("--controllers=" + CONTROLLERS);
        return command;
    }
}
