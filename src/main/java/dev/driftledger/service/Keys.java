package dev.driftledger.service;

import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.ledger.VerifierKey;
import dev.driftledger.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The secrets of an installation, as files that only their owner can read: `redaction.key`, and
/// one `log-<cluster uid>.key` for each log.
///
/// Missing ones are made. Losing the redaction key breaks the comparison of Secrets with what was
/// recorded before; losing a log's key ends that log.
public final class Keys {
    private static final int HMAC_KEY_BYTES = 32;

    private final Path folder;
    private final SecureRandom random;

    /// @param folder is made when it is not there
    public Keys(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    /// What redacts, on the live and the desired side alike.
    public EdgeKey edgeKey() {
        byte[] fresh = new byte[HMAC_KEY_BYTES];
        random.nextBytes(fresh);
        String hex = readOrCreate("redaction.key", HexFormat.of().formatHex(fresh));
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new ConfigurationException(
                    folder.resolve("redaction.key").toString(),
                    "must hold 64 hex digits and nothing else, but what it holds are "
                            + hex.length()
                            + " characters of which "
                            + hex.replaceAll("[0-9a-fA-F]", "").length()
                            + " are no hex digits; bring the file back from a copy");
        }
        byte[] key = HexFormat.of().parseHex(hex);
        return new EdgeKey(Digest.of(key).hex().substring(0, 8), key);
    }

    /// The signing key of a log.
    ///
    /// @param origin the log's origin, the name of the key
    public SigningKey signingKey(String clusterUid, String origin) {
        String file = "log-" + clusterUid + ".key";
        SigningKey key =
                SigningKey.parse(readOrCreate(file, SigningKey.generate(origin, random).encode()));
        if (!key.verifierKey().name().equals(origin)) {
            throw new ConfigurationException(
                    "driftledger.service.origin",
                    "makes the log's origin '"
                            + origin
                            + "', but its key in "
                            + file
                            + " is of '"
                            + key.verifierKey().name()
                            + "'; an origin cannot change, set it back");
        }
        return key;
    }

    /// The public half of a log's key; empty when this installation has none for the log.
    public Optional<VerifierKey> verifierKey(String clusterUid, String origin) {
        if (!Files.exists(folder.resolve("log-" + clusterUid + ".key"))) {
            return Optional.empty();
        }
        return Optional.of(signingKey(clusterUid, origin).verifierKey());
    }

    private String readOrCreate(String name, String fresh) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            create(file, fresh);
            requirePrivate(file);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "driftledger.service.data-dir",
                    "makes "
                            + file
                            + " a key file, which cannot be made or read; set it to a folder that"
                            + " this program may write to: "
                            + e);
        }
    }

    private static void create(Path file, String content) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path draft = Files.createTempFile(file.getParent(), ".key", null, ownerOnly());
        try {
            Files.write(
                    draft,
                    List.of(content),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.SYNC);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another instance made it first; its key counts.
            return;
        } finally {
            Files.delete(draft);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    private static void requirePrivate(Path file) throws IOException {
        Set<PosixFilePermission> others =
                EnumSet.of(
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.OTHERS_WRITE,
                        PosixFilePermission.GROUP_WRITE);
        others.retainAll(Files.getPosixFilePermissions(file));
        if (!others.isEmpty()) {
            throw new ConfigurationException(
                    file.toString(), "can be used by others " + others + "; chmod 600 it");
        }
    }
}
