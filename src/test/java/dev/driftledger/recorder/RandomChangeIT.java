package dev.driftledger.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.testkit.KubeLab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Random writes by random actors, straight to a real API server: each is found at its field and
/// with its author, and nothing else is.
///
/// `-Ddriftledger.random.seed` begins with the choices of a failed run again. They depend on what
/// the API server answers, and what may be known of a writer on the second in which it wrote, so a
/// run may still differ. `-Ddriftledger.random.changes` says how many changes are made.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomChangeIT {
    private @Nullable KubeLab lab;
    private @Nullable RandomCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        lab = KubeLab.start(folder, "RandomChangeIT");
        cluster = new RandomCluster(lab, folder);
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void every_change_is_found_with_its_author_and_none_invented() {
        run(Integer.getInteger("driftledger.random.changes", 300));
    }

    @Test
    @Tag("soak")
    void many_changes_are_found_too() {
        run(Integer.getInteger("driftledger.random.changes", 1_000));
    }

    private void run(int count) {
        // Given
        RandomCluster real = java.util.Objects.requireNonNull(cluster);
        long seed = Long.getLong("driftledger.random.seed", System.nanoTime());
        assertThat(real.feed().open()).isEmpty();
        RandomChanges changes = new RandomChanges(real, new Random(seed));

        // When
        long from = System.nanoTime();
        List<String> failures = changes.run(count);

        // Then
        System.out.println("seed " + seed + ", " + (System.nanoTime() - from) / 1_000_000 + " ms");
        System.out.println(changes.tally());
        System.out.println(
                real.feed().openedCount()
                        + " findings opened, "
                        + real.feed().entriesCount()
                        + " entries");
        failures.forEach(System.out::println);
        assertThat(failures).as("seed %d", seed).isEmpty();
        assertThat(changes.tally().changes()).isGreaterThanOrEqualTo(count);
        assertThat(real.feed().refuted()).as("computed again, seed %d", seed).isEmpty();
    }
}
