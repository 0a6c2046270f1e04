package dev.driftledger.recorder;

import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.cluster.RecordingPlayer;
import dev.driftledger.cluster.WatchSettings;
import dev.driftledger.desired.GitMirror;
import dev.driftledger.desired.ReplayedSources;
import dev.driftledger.desired.SourceLimits;
import dev.driftledger.desired.SourceReader;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.service.BundledSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The intake records that the recording `shop` gives, with three of its applications as
/// configured sources.
final class ShopRecording {
    static final ClusterRef CLUSTER =
            new ClusterRef("2eaecea6-cc33-4468-9183-42a9ae9c99b1", "shop");
    static final ApplicationId GATEWAY = new ApplicationId("none", "gateway", "gateway");
    static final ApplicationId BILLING = new ApplicationId("none", "billing", "billing");
    static final ApplicationId PAYMENTS = new ApplicationId("none", "payments", "payments");

    private static final Instant STARTED = Instant.parse("2026-11-22T14:46:53.600Z");

    private ShopRecording() {}

    static List<IntakeRecord> records(Path folder) throws Exception {
        List<IntakeRecord> records = new ArrayList<>();
        records.add(new IntakeRecord.ConfigChanged(CLUSTER, STARTED, config()));
        IntakeSink sink =
                record -> {
                    records.add(record);
                    return CompletableFuture.allOf();
                };
        Path bundle = Files.write(folder.resolve("repo.bundle"), bytes("repo.bundle"));
        EdgeKey key =
                new EdgeKey(
                        "k1", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        try (GitMirror mirror = GitMirror.ofBundle(bundle, folder.resolve("mirror"))) {
            ReplayedSources sources =
                    new ReplayedSources(
                            CLUSTER,
                            mirror,
                            config().applications(),
                            new SourceReader.Rules(
                                    key.redaction(List.of()), SourceLimits.DEFAULTS, Set.of()),
                            sink);
            new RecordingPlayer(
                            () -> open("recording.jsonl.gz"),
                            BundledSchemas.documents(),
                            sink,
                            new RecordingPlayer.Script(
                                    "shop",
                                    new ClusterWatch.Options(
                                            WatchSettings.defaults(),
                                            key,
                                            List.of(),
                                            "replay",
                                            "test"),
                                    null,
                                    (_, git) -> moved(sources, git.refs(), git.at())))
                    .play();
        }
        return records;
    }

    private static void moved(
            ReplayedSources sources, java.util.Map<String, String> refs, Instant at)
            throws InterruptedException {
        try {
            sources.moved(refs, at);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static RecorderConfig config() {
        return new RecorderConfig(
                List.of(
                        application(BILLING, "billing", "ci"),
                        application(GATEWAY, "gateway", "kubectl-client-side-apply"),
                        application(PAYMENTS, "payments", "kustomize-controller")),
                Duration.ofMinutes(5),
                new TreeMap<>());
    }

    private static RecorderConfig.Application application(
            ApplicationId id, String path, String manager) {
        return new RecorderConfig.Application(
                id,
                "http://127.0.0.1:18090/apps.git",
                "main",
                path,
                Duration.ofMinutes(15),
                new AppliedBy(AppliedBy.Kind.MANAGER, manager));
    }

    static List<String> lines(String file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = ShopRecording.class.getResourceAsStream("/recorder/shop/" + file);
        if (in == null) {
            throw new IOException("test resource recorder/shop/" + file + " is missing");
        }
        return in;
    }
}
