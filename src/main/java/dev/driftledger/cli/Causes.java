package dev.driftledger.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/// Why files cannot be read or written, in words: messages of the platform often are a path alone,
/// or nothing.
final class Causes {
    private Causes() {}

    static String words(IOException failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> denied.getFile() + ": access is denied";
            case FileSystemException file when file.getReason() == null ->
                    file.getFile() + ": " + file.getClass().getSimpleName();
            case EOFException _, ZipException _ ->
                    "its gzip stream is cut off or damaged (" + message + ")";
            default -> message == null ? failure.getClass().getSimpleName() : message;
        };
    }
}
