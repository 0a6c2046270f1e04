package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything a sandbox keeps, used by one sandbox at a time.
///
/// The operating system releases the lock when its process ends, however it ends.
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Takes the folder, made when missing.
    ///
    /// @throws SandboxException when another process has it
    static DataFolder take(Path folder) {
        Path place = Folders.make(folder.toAbsolutePath().normalize());
        try {
            FileChannel channel =
                    FileChannel.open(
                            place.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new SandboxException(
                        "a sandbox is running in "
                                + place
                                + " already; stop it with Ctrl-C, or give this one a folder of its"
                                + " own with --data",
                        null);
            }
            return new DataFolder(place, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + place, e);
        }
    }

    /// Ends what a killed sandbox left running in the folder, and deletes the folder.
    ///
    /// @throws SandboxException when a sandbox is running in it, or when it never was a sandbox's
    static void forget(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        if (!Files.exists(place)) {
            return;
        }
        if (!Files.exists(place.resolve("lock"))) {
            throw new SandboxException(place + " is no sandbox's folder; nothing deleted", null);
        }
        try (DataFolder taken = take(place)) {
            ControlPlane.stopOrphans(taken.in("cluster"));
            EmbeddedPostgres.stopOrphan(taken.in("postgres"));
            Folders.delete(place);
        }
    }

    Path in(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + folder, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
