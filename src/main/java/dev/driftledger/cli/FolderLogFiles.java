package dev.driftledger.cli;

import dev.driftledger.ledger.LogFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of a log in a folder, such as `wget -r` leaves them.
final class FolderLogFiles implements LogFiles {
    /// How many files a log may have; enough for a billion entries.
    private static final int FILES_MAX = 10_000_000;

    private static final int DEPTH_MAX = 12;

    private final Path folder;

    FolderLogFiles(Path folder) {
        this.folder = folder;
    }

    /// The log folders in or below a folder: those that hold a file `checkpoint`.
    static List<Path> find(Path folder) throws IOException {
        if (isLog(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> below = Files.walk(folder, DEPTH_MAX)) {
            return below.filter(FolderLogFiles::isLog).sorted().toList();
        }
    }

    private static boolean isLog(Path folder) {
        return Files.isRegularFile(folder.resolve("checkpoint"), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public byte @Nullable [] read(String path, int sizeMaxBytes) throws UnreadableException {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(sizeMaxBytes + 1);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UnreadableException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public SortedSet<Long> checkpointSizes() throws UnreadableException {
        return list(folder.resolve("checkpoints"), 1).stream()
                .filter(name -> name.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public SortedSet<String> paths() throws UnreadableException {
        return list(folder, DEPTH_MAX);
    }

    private static SortedSet<String> list(Path root, int depth) throws UnreadableException {
        if (!Files.isDirectory(root)) {
            return Collections.emptySortedSet();
        }
        try (Stream<Path> below = Files.walk(root, depth)) {
            SortedSet<String> names =
                    below.filter(Files::isRegularFile)
                            .limit(FILES_MAX + 1L)
                            .map(file -> root.relativize(file).toString().replace('\\', '/'))
                            .collect(Collectors.toCollection(TreeSet::new));
            if (names.size() > FILES_MAX) {
                throw new FileSystemException(root + " has more than " + FILES_MAX + " files");
            }
            return names;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableException("cannot list " + root + ": " + e.getMessage(), e);
        }
    }
}
