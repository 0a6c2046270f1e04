package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Redaction;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole pollers over repositories made by the real git program.
class PollersIT {
    private static final ClusterRef CLUSTER = new ClusterRef("c-1", "one");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path temp;
    private final List<IntakeRecord> records = new CopyOnWriteArrayList<>();
    private final IntakeSink sink = this::take;

    @BeforeEach
    void requireGit() throws Exception {
        boolean there;
        try {
            there = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there) {
            System.err.println("SKIPPED: PollersIT needs the git program, which is not installed");
        }
        Assumptions.assumeTrue(there);
    }

    @Test
    void a_vanished_repository_is_stale_then_fresh_while_another_goes_on() throws Exception {
        // Given
        Path shop = repository("shop");
        Path other = repository("other");
        try (Pollers pollers = new Pollers(config(), sink, redaction(), InstantSource.system())) {
            pollers.start(CLUSTER, applications(shop, other, temp.resolve("never")), Map.of());
            await().atMost(LONG).until(() -> count("DesiredRendered") == 2);
            // When
            Path away = temp.resolve("away");
            Files.move(shop, away);
            await().atMost(LONG).until(() -> of("shop").contains("DesiredStale"));
            write(other, "b.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: b}\n");
            await().atMost(LONG).until(() -> count("DesiredRendered") == 3);
            Files.move(away, shop);
            await().atMost(LONG).until(() -> of("shop").contains("DesiredFresh"));
            git(shop, "commit", "-q", "--amend", "-m", "Rewritten");
            await().atMost(LONG).until(() -> count("DesiredRendered") == 4);
        }
        // Then
        assertThat(of("shop"))
                .containsExactly(
                        "DesiredRendered",
                        "DesiredStale",
                        "DesiredFresh",
                        "DesiredRendered rewritten");
        assertThat(of("other")).containsExactly("DesiredRendered", "DesiredRendered");
        assertThat(of("never")).containsExactly("DesiredStale");
        assertThat(count("DesiredObject")).isEqualTo(3);
    }

    @Test
    void nothing_is_sent_after_the_close() throws Exception {
        Path shop = repository("shop");
        Pollers pollers = new Pollers(config(), sink, redaction(), InstantSource.system());
        pollers.start(CLUSTER, applications(shop), Map.of());
        await().atMost(LONG).until(() -> count("DesiredRendered") == 1);
        pollers.close();
        int before = records.size();
        write(shop, "c.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: c}\n");
        await().pollDelay(Duration.ofSeconds(2)).until(() -> records.size() == before);
    }

    private CompletionStage<Void> take(IntakeRecord record) {
        records.add(record);
        return CompletableFuture.completedFuture(null);
    }

    private List<String> of(String application) {
        List<String> found = new ArrayList<>();
        for (IntakeRecord record : records) {
            if (record instanceof IntakeRecord.DesiredRendered rendered
                    && rendered.application().name().equals(application)) {
                found.add(rendered.rewritten() ? "DesiredRendered rewritten" : "DesiredRendered");
            } else if (record instanceof IntakeRecord.DesiredStale stale
                    && stale.application().name().equals(application)) {
                found.add("DesiredStale");
            } else if (record instanceof IntakeRecord.DesiredFresh fresh
                    && fresh.application().name().equals(application)) {
                found.add("DesiredFresh");
            }
        }
        return found;
    }

    private long count(String kind) {
        return records.stream().filter(r -> r.getClass().getSimpleName().equals(kind)).count();
    }

    private DesiredConfig config() {
        Map<String, String> values =
                Map.of(
                        "driftledger.desired.folder", temp.resolve("mirrors").toString(),
                        "driftledger.desired.poll-interval", "200ms",
                        "driftledger.desired.back-off-max", "400ms");
        return new SmallRyeConfigBuilder()
                .withMapping(DesiredConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withConverter(Duration.class, 100, new DurationConverter())
                .build()
                .getConfigMapping(DesiredConfig.class);
    }

    private static Redaction redaction() {
        return new Redaction("k1", new byte[32]);
    }

    private static RecorderConfig applications(Path... repositories) {
        List<RecorderConfig.Application> applications = new ArrayList<>();
        for (Path repository : repositories) {
            applications.add(
                    new RecorderConfig.Application(
                            new ApplicationId("none", "ns", repository.getFileName().toString()),
                            repository.toString(),
                            "main",
                            "",
                            Duration.ofMinutes(1),
                            new RecorderConfig.AppliedBy(
                                    RecorderConfig.AppliedBy.Kind.HEAD, null)));
        }
        return new RecorderConfig(applications, Duration.ofHours(1), new TreeMap<>());
    }

    private Path repository(String name) throws Exception {
        Path folder = Files.createDirectories(temp.resolve(name));
        git(folder, "init", "-q", "-b", "main");
        write(
                folder,
                "a.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n");
        return folder;
    }

    private static void write(Path folder, String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
        git(folder, "add", "-A");
        git(folder, "commit", "-q", "-m", "Add " + file);
    }

    private static void git(Path folder, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=Alice", "-c", "user.email=a@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
