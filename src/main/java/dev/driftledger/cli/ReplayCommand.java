package dev.driftledger.cli;

import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.cluster.RecordingReader;
import dev.driftledger.cluster.WatchSettings;
import dev.driftledger.desired.GitMirror;
import dev.driftledger.desired.SourceException;
import dev.driftledger.desired.SourceLimits;
import dev.driftledger.desired.SourceReader;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.service.BundledSchemas;
import dev.driftledger.service.MemoryLog;
import dev.driftledger.service.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftledger replay`: feeds a recording through the watch's feeds, the recorder and the log, all
/// in memory, and prints the findings that come out.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Feed a recording through the whole path in memory and print what it finds.",
            "Needs no cluster, database or broker."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding is open at the end",
            "1:at least one is",
            "2:the arguments or the recording are wrong, or an application could not be judged"
        },
        footer = {
            "",
            "Example:",
            "  driftledger replay recording.jsonl.gz --repo repo.bundle \\",
            "      --source billing=billing --applied-by manager:ci"
        })
public final class ReplayCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The recording, gzipped or plain JSON lines.")
    private @Nullable Path file;

    @Option(
            names = "--repo",
            paramLabel = "BUNDLE|URL",
            description = {
                "Git bundle, repository folder or URL (https, ssh) with every commit that the",
                "recording names. Where it names none, branches stand as they stand there now."
            })
    private @Nullable String repository;

    @Option(
            names = "--source",
            paramLabel = "NAME=PATH",
            description = {
                "An application: its name, which is its namespace too, and its folder in the",
                "repository. May be repeated."
            })
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            defaultValue = "main",
            description = "Branch that the sources follow. Default: ${DEFAULT-VALUE}.")
    private String branch = "main";

    @Option(
            names = "--applied-by",
            paramLabel = "HOW",
            defaultValue = "head",
            description = {
                "How the applied revision of the sources is told: head, manager:NAME or",
                "annotation:KEY. Default: ${DEFAULT-VALUE}."
            })
    private String appliedBy = "head";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private ReplayReport.Format output = ReplayReport.Format.table;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec line = Objects.requireNonNull(spec, "picocli sets it");
        PrintWriter out = line.commandLine().getOut();
        try {
            ReplayReport report = ReplayReport.of(replay(), settings().applications());
            report.print(output, out);
            out.flush();
            return report.exitCode();
        } catch (IOException e) {
            say("cannot replay " + file + ": " + Causes.words(e));
            return 2;
        } catch (IllegalArgumentException | SourceException e) {
            say("cannot replay: " + e.getMessage());
            return 2;
        }
    }

    private MemoryLog replay() throws IOException, InterruptedException, SourceException {
        Path recording = Objects.requireNonNull(file, "picocli requires it");
        if (!Files.isReadable(recording) || Files.isDirectory(recording)) {
            String shape = Files.isDirectory(recording) ? "is a folder" : "is no readable file";
            throw new IOException(shape + "; give a recording, gzipped or plain JSON lines");
        }
        RecorderConfig settings = settings();
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        EdgeKey key = new EdgeKey("replay", secret);
        Path folder = Files.createTempDirectory("driftledger-replay");
        try {
            Replay replay =
                    new Replay(
                            RecordingReader.Source.ofFile(recording),
                            BundledSchemas.documents(),
                            settings,
                            git(key, folder));
            if (repository != null && !replay.isNamingCommits()) {
                say("the recording names no commits: " + branch + " is taken as it stands now");
            }
            if (repository != null && !replay.branches().contains(branch)) {
                say(
                        "branch "
                                + branch
                                + " (--branch) is not in "
                                + (replay.isNamingCommits() ? "the recording" : "the repository")
                                + "; it has "
                                + String.join(", ", replay.branches()));
            }
            ClusterRef cluster = replay.cluster("recording");
            MemoryLog log = new MemoryLog(cluster);
            replay.run(
                    cluster,
                    log,
                    new ClusterWatch.Options(
                            WatchSettings.defaults(), key, List.of(), "replay", "1"),
                    null);
            return log;
        } finally {
            delete(folder);
        }
    }

    private Replay.@Nullable Git git(EdgeKey key, Path folder) throws SourceException {
        if (repository == null) {
            if (sources.isEmpty()) {
                return null;
            }
            throw new IllegalArgumentException(
                    "--source needs --repo, the repository that the folder is in");
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "--repo needs --source NAME=PATH, the applications in it: without one nothing"
                            + " would be judged");
        }
        Path mirror = folder.resolve("repo.git");
        boolean local = !repository.contains("://") && Files.exists(Path.of(repository));
        Path place = Path.of(local ? repository : "").toAbsolutePath();
        return new Replay.Git(
                local && Files.isRegularFile(place)
                        ? GitMirror.ofBundle(place, mirror)
                        : GitMirror.ofRepository(local ? place.toString() : repository, mirror),
                new SourceReader.Rules(key.redaction(List.of()), SourceLimits.DEFAULTS, Set.of()));
    }

    private void say(String words) {
        PrintWriter err = Objects.requireNonNull(spec, "picocli sets it").commandLine().getErr();
        err.println(words);
        err.flush();
    }

    private RecorderConfig settings() {
        List<RecorderConfig.Application> applications = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String source : sources) {
            int equals = source.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "--source must be NAME=PATH such as billing=apps/billing, got '"
                                + source
                                + "'");
            }
            String name = source.substring(0, equals);
            if (!names.add(name)) {
                throw new IllegalArgumentException(
                        "--source names " + name + " twice; an application has one folder");
            }
            applications.add(
                    new RecorderConfig.Application(
                            new ApplicationId("none", name, name),
                            repository == null ? "recording" : repository,
                            branch,
                            source.substring(equals + 1),
                            Duration.ofMinutes(15),
                            howApplied()));
        }
        applications.sort(Comparator.comparing(RecorderConfig.Application::id));
        return new RecorderConfig(applications, Duration.ofHours(1), new TreeMap<>());
    }

    private RecorderConfig.AppliedBy howApplied() {
        if (appliedBy.matches("head|(manager|annotation):.*\\S.*")) {
            return RecorderConfig.AppliedBy.parse(appliedBy);
        }
        throw new IllegalArgumentException(
                "--applied-by must be head, manager:NAME or annotation:KEY, got '"
                        + appliedBy
                        + "'");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
