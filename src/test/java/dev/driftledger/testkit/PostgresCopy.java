package dev.driftledger.testkit;

import dev.driftledger.sandbox.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A copy of a whole PostgreSQL as it was at one moment, as a backup has it.
public final class PostgresCopy {
    private final EmbeddedPostgres postgres;
    private final Path data;
    private final Path copy;

    private PostgresCopy(EmbeddedPostgres postgres, Path data, Path copy) {
        this.postgres = postgres;
        this.data = data;
        this.copy = copy;
    }

    /// Stops the server, copies its data, starts it again.
    ///
    /// @param folder where the lab is
    public static PostgresCopy take(EmbeddedPostgres postgres, Path folder) {
        Path data = folder.resolve("postgres").resolve("data");
        PostgresCopy taken = new PostgresCopy(postgres, data, folder.resolve("copy"));
        postgres.stop();
        copy(taken.data, taken.copy);
        postgres.start();
        return taken;
    }

    /// Replaces what the server holds now.
    public void restore() {
        postgres.stop();
        delete(data);
        copy(copy, data);
        postgres.start();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the database", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> inside = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inside) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the database", e);
        }
    }
}
