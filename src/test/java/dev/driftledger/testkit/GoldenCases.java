package dev.driftledger.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Cases kept as folders, a file for each input and output. A file that no case uses and one that
/// is missing both fail, so that a case never says less than it seems to.
public final class GoldenCases {
    private static final Path ROOT = Path.of("src", "test", "resources");

    private GoldenCases() {}

    /// The case folders below this one, sorted; each holds all required files and no unknown ones.
    ///
    /// @param folder below `src/test/resources`
    public static List<Path> in(String folder, Set<String> required, Set<String> optional) {
        try (Stream<Path> cases = Files.list(ROOT.resolve(folder))) {
            List<Path> sorted = cases.sorted().toList();
            sorted.forEach(each -> requireFiles(each, required, optional));
            return sorted;
        } catch (IOException e) {
            throw new UncheckedIOException("listing golden cases in " + folder, e);
        }
    }

    /// A file of a case.
    public static String read(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " of " + folder, e);
        }
    }

    /// Whether a case has an optional file.
    public static boolean has(Path folder, String file) {
        return Files.exists(folder.resolve(file));
    }

    private static void requireFiles(Path folder, Set<String> required, Set<String> optional) {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names =
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
            for (String name : required) {
                if (!names.contains(name)) {
                    throw new AssertionError(folder + " lacks " + name);
                }
            }
            for (String name : names) {
                if (!required.contains(name) && !optional.contains(name)) {
                    throw new AssertionError(folder + " has " + name + ", which no test uses");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }
}
