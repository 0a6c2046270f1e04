package dev.driftledger.cli;

import dev.driftledger.cluster.ClusterConnection;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.ClustersConfig;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.cluster.RecordingSession;
import dev.driftledger.cluster.WatchSettings;
import dev.driftledger.desired.RemoteRefs;
import dev.driftledger.desired.SourceException;
import dev.driftledger.model.Redaction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftledger record`: watches every type of a cluster and writes what it sends to a file.
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Records a cluster's watch streams to a file, until Ctrl-C or --for is over.",
            "Values of Secrets are replaced by fingerprints under a random key, kept nowhere."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:recorded until --for was over",
            "2:the arguments are wrong, or something could not be read, watched or written"
        })
public final class RecordCommand implements Callable<Integer> {
    private static final int ERROR = 2;
    private static final Duration PROGRESS = Duration.ofSeconds(30);

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context of the kubeconfig; its current one by default.")
    private @Nullable String context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig; KUBECONFIG or ~/.kube/config by default.")
    private @Nullable Path kubeconfig;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "File to write, gzipped JSON lines; it must not exist.")
    private @Nullable Path output;

    @Option(
            names = "--confidential",
            paramLabel = "GROUP/KIND:/POINTER",
            description = {
                "Field beside Secrets whose value must not be written, such as",
                "apps/Deployment:/spec/template/metadata/annotations/token; `*` is any key or",
                "item. May be given again; like driftledger.service.confidential-paths there."
            })
    private List<String> confidential = List.of();

    @Option(
            names = "--repo",
            paramLabel = "URL",
            description = {
                "Git repository (https, ssh or a folder) that the cluster is to match: the file",
                "then says which commit each branch was at, and when, as `replay` wants it."
            })
    private @Nullable String repository;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "How long, such as 10m or PT10M; until Ctrl-C by default.")
    private @Nullable String duration;

    @Override
    public Integer call() throws InterruptedException {
        try {
            Duration most = duration == null ? null : parse(duration);
            Path file = java.util.Objects.requireNonNull(output, "picocli requires it");
            record(file, most, options(confidential));
            return 0;
        } catch (IllegalArgumentException e) {
            error("cannot record: " + e.getMessage());
            return ERROR;
        } catch (IOException e) {
            error("cannot record: " + Causes.words(e));
            return ERROR;
        } catch (SourceException e) {
            error("cannot record: --repo: " + e.getMessage());
            return ERROR;
        }
    }

    private void record(Path file, @Nullable Duration most, ClusterWatch.Options options)
            throws IOException, InterruptedException, SourceException {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "-o names " + file + ", which exists; name a file that does not");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "-o names " + file + ", but there is no folder " + folder + "; make it first");
        }
        RemoteRefs branches = repository == null ? null : new RemoteRefs(repository);
        if (branches != null) {
            branches.read(BranchRecorder.PATIENCE); // says what is wrong before a file is made
        }
        String name = context == null ? "current context" : context;
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook =
                new Thread(
                        () -> {
                            end.countDown();
                            awaitQuietly(ended);
                        },
                        "stop recording");
        try (ClusterConnection connection =
                        ClusterConnection.open(
                                name, ClustersConfig.fromKubeconfig(named(), kubeconfig, context));
                RecordingSession session =
                        new RecordingSession(
                                connection,
                                new BufferedOutputStream(Files.newOutputStream(file)),
                                options);
                BranchRecorder _ = branches(branches, session)) {
            Runtime.getRuntime().addShutdownHook(hook);
            say("recording " + connection.ref().name() + " to " + file + "; Ctrl-C ends it");
            await(session, end, most);
            say(
                    session.linesCount()
                            + " lines of "
                            + session.typesCount()
                            + " types; "
                            + session.leftOutCount()
                            + " events could not be read and were left out");
        } finally {
            ended.countDown();
            removeHook(hook);
        }
    }

    private ClustersConfig.Named named() {
        String file = kubeconfig == null ? "the default of --kubeconfig" : "--kubeconfig";
        return new ClustersConfig.Named(file, "--context", "");
    }

    private @Nullable BranchRecorder branches(
            @Nullable RemoteRefs branches, RecordingSession session) throws SourceException {
        return branches == null ? null : new BranchRecorder(branches, session, this::error);
    }

    private void await(RecordingSession session, CountDownLatch end, @Nullable Duration most)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long toldAt = begun;
        while (!end.await(200, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - toldAt > PROGRESS.toNanos()) {
                toldAt = System.nanoTime();
                say(session.linesCount() + " lines of " + session.typesCount() + " types so far");
            }
            IOException failure = session.failure();
            if (failure != null) {
                throw failure;
            }
            if (most != null && System.nanoTime() - begun > most.toNanos()) {
                return;
            }
        }
    }

    private void say(String line) {
        PrintWriter out = commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private void error(String line) {
        PrintWriter err = commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }

    /// @throws IllegalArgumentException for a path that is none
    static ClusterWatch.Options options(List<String> confidential) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        // A name of its own: whoever compares must see that it is another key than theirs.
        String name = "recording-" + HexFormat.of().formatHex(random, 0, 4);
        new SecureRandom().nextBytes(random);
        EdgeKey key = new EdgeKey(name, random);
        Redaction _ = key.redaction(confidential);
        return new ClusterWatch.Options(WatchSettings.defaults(), key, confidential, "record", "1");
    }

    static Duration parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            Duration parsed = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (!parsed.isNegative() && !parsed.isZero()) {
                return parsed;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(badDuration(text), e);
        }
        throw new IllegalArgumentException(badDuration(text));
    }

    private static String badDuration(String text) {
        return "--for must be a duration above zero such as 90s, 10m or PT1H, got '" + text + "'";
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                System.err.println("recording did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean removeHook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false; // the JVM is going down: the hook is what got us here
        }
    }
}
