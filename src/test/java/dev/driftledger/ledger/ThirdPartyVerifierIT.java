package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logs that we wrote, read by code that we did not write: transparency.dev's client and fsck, and
/// Go's signed notes (`src/test/go/tlogcheck`).
class ThirdPartyVerifierIT {
    private static final Path SOURCE = Path.of("src/test/go/tlogcheck");

    @TempDir static Path tools;
    @TempDir Path folder;

    private record Run(int exit, String output) {}

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        assumeBuilt(hasGo(), "there is no go command");
        Run built = run(SOURCE, List.of("go", "build", "-o", binary(), "."));
        boolean offline =
                built.output().contains("dial tcp") || built.output().contains("lookup disabled");
        assumeBuilt(!offline, "its Go modules are not in the cache and cannot be had");
        assertThat(built.exit()).as(built.output()).isZero();
    }

    private static void assumeBuilt(boolean fine, String reason) {
        if (!fine) {
            System.err.println("SKIPPED ThirdPartyVerifierIT: " + reason);
        }
        Assumptions.assumeTrue(fine, reason);
    }

    private static boolean hasGo() throws InterruptedException {
        try {
            return run(SOURCE, List.of("go", "version")).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String binary() {
        return tools.resolve("tlogcheck").toAbsolutePath().toString();
    }

    private static Run run(Path directory, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(tools, "output", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end");
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static SampleLog log(int... sizes) {
        SampleLog log = SampleLog.ofSize(sizes[0]).publish();
        for (int i = 1; i < sizes.length; i++) {
            while (log.entries().size() < sizes[i]) {
                log.add("recorder", EntryType.HEARTBEAT, SampleLog.body());
            }
            log.publish();
        }
        return log;
    }

    private Run check(SampleLog log, int... sizes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(binary());
        command.add(folder.toString());
        command.add(log.verifierKey().encode());
        for (int size : sizes) {
            command.add(Integer.toString(size));
        }
        return run(folder, command);
    }

    @Test
    void a_log_of_70_000_entries_satisfies_the_third_party()
            throws IOException, InterruptedException {
        // Given
        int[] sizes = {1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000};
        SampleLog log = log(sizes);
        log.writeTo(folder);
        // When
        Run run = check(log, sizes);
        // Then
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).contains("ok origin=evidence.example.com/cluster-a size=70000");
    }

    @Test
    void small_logs_satisfy_the_third_party() throws IOException, InterruptedException {
        for (int size : new int[] {1, 2, 255, 256, 257}) {
            SampleLog log = log(size);
            log.writeTo(folder);
            Run run = check(log, size);
            assertThat(run.exit()).as(run.output()).isZero();
        }
    }

    @Test
    void the_third_party_notices_a_changed_entry() throws IOException, InterruptedException {
        // Given
        SampleLog log = log(300);
        log.writeTo(folder);
        Path bundle = folder.resolve("tile/entries/000");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[100] ^= 1;
        Files.write(bundle, bytes);
        // Then
        assertThat(check(log).exit()).isEqualTo(1);
    }
}
