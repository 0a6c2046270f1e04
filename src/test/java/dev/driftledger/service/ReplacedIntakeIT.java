package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.intake.Partitions;
import dev.driftledger.ledger.Entry;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.WatchedLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The intake topic is deleted and made anew: the service refuses, says where the recipe is, and
/// the recipe works as it is written.
@Tag("soak")
class ReplacedIntakeIT {
    private static final Path MANUAL = Path.of("docs", "how-to", "run-the-service.md");
    private static final String HEADING = "When the intake topic changed";

    @TempDir Path folder;
    private WatchedLab watched;
    private ServiceLab lab;
    private ServiceProcess service;

    @BeforeEach
    void begin() {
        watched = WatchedLab.start(folder);
        lab = watched.lab();
        service = watched.service();
    }

    @AfterEach
    void end() {
        if (watched != null) {
            watched.close();
        }
    }

    @Test
    void a_topic_made_anew_is_refused_until_the_recipe_is_followed() throws IOException {
        // Given
        List<Entry> before = goesOn("load-before");
        int count = lab.forgedIntake().partitionsCount();
        int partition = Partitions.of(lab.cluster(), count);

        // When: made anew as it was, what is stored lies behind its end
        service.stop();
        lab.intakeTopic().replace(count);
        service.start();

        // Then
        awaitRefusal("intake partition " + partition);
        assertThat(service.isReady()).isFalse();

        // When: made anew with other partitions, and nothing else
        service.stop();
        int otherCount = otherCount(count);
        lab.intakeTopic().replace(otherCount);
        service.start();

        // Then
        awaitRefusal("recording " + lab.cluster());
        assertThat(service.isReady()).isFalse();

        // When: the recipe, step by step
        service.stop();
        lab.intakeTopic().replace(otherCount);
        lab.changeTables(statement());
        service.start();

        // Then
        ServiceLab.await("ready").until(service::isReady);
        assertThat(goesOn("load-after")).startsWith(before.toArray(new Entry[0]));
        service.stop();
        service.start();
        assertThat(goesOn("load-later")).startsWith(before.toArray(new Entry[0]));
        assertThat(service.isReady()).isTrue();
    }

    private void awaitRefusal(String part) {
        ServiceLab.await(part + " refuses").until(() -> watched.said(part).contains(HEADING));
    }

    private List<Entry> goesOn(String name) {
        ClusterLoad.Version last =
                ClusterLoad.write(lab.user(), name, String.valueOf(System.nanoTime()));
        ServedLog log = watched.log();
        LogJudge judge =
                LogJudge.of(log, last)
                        .endsAt(ClusterLoad.present(lab.user()))
                        .isOrderedWithoutDuplicates()
                        .isPublished(lab.topics());
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
        return judge.entries();
    }

    /// So many partitions that the cluster has another one.
    private int otherCount(int count) {
        int other = count + 1;
        while (Partitions.of(lab.cluster(), other) == Partitions.of(lab.cluster(), count)) {
            other++;
        }
        return other;
    }

    /// The one SQL statement of the recipe, from the manual.
    private static String statement() throws IOException {
        String manual = Files.readString(MANUAL);
        int from = manual.indexOf("### " + HEADING);
        assertThat(from).isPositive();
        Matcher block =
                Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL)
                        .matcher(manual.substring(from, manual.indexOf("\n## ", from)));
        assertThat(block.find()).isTrue();
        String sql = block.group(1).strip();
        assertThat(block.find()).as("another statement").isFalse();
        return sql;
    }
}
