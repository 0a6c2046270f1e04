package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.WatchedLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database brought back from an old copy must not lead to a second signed history.
class RestoredDatabaseIT {
    @TempDir Path folder;

    @Test
    void nothing_is_signed_on_an_old_copy_and_health_says_why() throws IOException {
        try (WatchedLab watched = WatchedLab.start(folder)) {
            // Given
            ServiceLab lab = watched.lab();
            ServiceProcess service = watched.service();
            service.stop();
            lab.postgres().stop();
            Path data = folder.resolve("postgres").resolve("data");
            Path copy = folder.resolve("copy");
            copy(data, copy);
            lab.postgres().start();
            service.start();
            LogJudge.of(lab.log(service), ClusterLoad.write(lab.user(), "load-newer", "1"));
            service.stop();

            // When
            lab.postgres().stop();
            delete(data);
            copy(copy, data);
            lab.postgres().start();
            service.start();

            // Then
            String part = "log " + lab.cluster();
            ServiceLab.await("health says why")
                    .until(() -> watched.said(part).contains("old backup"));
            assertThat(service.isReady()).isFalse();
            Checkpoint shown = Objects.requireNonNull(lab.log(service).checkpoint());
            ClusterLoad.write(lab.user(), "load-unsigned", "1");
            ServiceLab.pause(5_000);
            assertThat(lab.log(service).checkpoint()).isEqualTo(shown);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> inside = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inside) {
                Files.delete(path);
            }
        }
    }
}
