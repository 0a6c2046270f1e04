package dev.driftledger.cli;

import dev.driftledger.desired.LocalManifests;
import dev.driftledger.desired.SourceLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Reads the manifests that stand in a folder: its files `*.yaml`, `*.yml` and `*.json` by name,
/// not those of folders in it, and none whose name begins with a dot.
final class ManifestFolder {
    private static final int FILES_MAX = 10_000;

    private ManifestFolder() {}

    /// @param option names the folder in messages
    /// @throws IOException when there is no such file in it, or more than the limits allow
    static LocalManifests read(String option, Path folder, SourceLimits limits) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(ManifestFolder::isManifest).limit(FILES_MAX + 1L).sorted().toList();
        }
        if (files.isEmpty() || files.size() > FILES_MAX) {
            throw new IOException(
                    option
                            + " "
                            + folder
                            + " is a folder with "
                            + (files.isEmpty() ? "no" : "more than " + FILES_MAX)
                            + " files *.yaml, *.yml or *.json; give a file, such a folder, or -");
        }
        List<LocalManifests> read = new ArrayList<>();
        long left = limits.sourceBytesMax();
        for (Path file : files) {
            byte[] bytes = bytes(file, left);
            left -= bytes.length;
            if (left < 0) {
                throw new IOException(
                        "%s %s holds more than %d bytes; split it"
                                .formatted(option, folder, limits.sourceBytesMax()));
            }
            read.add(LocalManifests.parse(file.toString(), bytes, limits));
        }
        return LocalManifests.together(read);
    }

    /// One byte more than the limit at most, so that what is too large can be told.
    private static byte[] bytes(Path file, long bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, bytesMax + 1));
        } catch (IOException e) {
            throw new IOException(Causes.words(e), e);
        }
    }

    private static boolean isManifest(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean named = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return named && !name.startsWith(".") && !Files.isDirectory(file);
    }
}
