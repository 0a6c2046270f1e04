package dev.driftledger.desired;

import dev.driftledger.desired.yaml.KubernetesYaml;
import dev.driftledger.model.IgnoreRulesFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// Reads manifest files out of git's object database; sizes are checked before contents are read.
final class BlobReader {
    private static final byte[] LFS =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private final SourceLimits limits;
    private final KubernetesYaml yaml;
    private final ObjectReader objects;

    BlobReader(SourceLimits limits, ObjectReader objects) {
        this.limits = limits;
        this.yaml = new KubernetesYaml(limits.yaml());
        this.objects = objects;
    }

    /// How many bytes a file has; 0 when it is missing.
    long size(ObjectId blob) throws IOException {
        try {
            return objects.getObjectSize(blob, Constants.OBJ_BLOB);
        } catch (MissingObjectException e) {
            return 0;
        }
    }

    /// The objects of a file; what is wrong with it is part of the answer.
    ManifestFile read(ObjectId blob) throws IOException {
        try {
            ObjectLoader loader = objects.open(blob, Constants.OBJ_BLOB);
            long size = loader.getSize();
            if (size > limits.fileBytesMax()) {
                return ManifestFile.unreadable(
                        "file has "
                                + size
                                + " bytes, more than "
                                + limits.fileBytesMax()
                                + " (driftledger.desired.file-bytes-max)");
            }
            byte[] bytes = loader.getCachedBytes(limits.fileBytesMax());
            return isLfsPointer(bytes)
                    ? ManifestFile.unreadable("Git LFS pointer; its content is not in git")
                    : ManifestFile.parse(yaml, bytes);
        } catch (MissingObjectException | LargeObjectException e) {
            return ManifestFile.unreadable("file is missing in the repository's objects");
        }
    }

    /// The ignore rules in a file; what is wrong with it is part of the answer.
    IgnoreRulesFile rules(String path, ObjectId blob) throws IOException {
        try {
            ObjectLoader loader = objects.open(blob, Constants.OBJ_BLOB);
            long size = loader.getSize();
            int bytesMax = limits.rulesBytesMax();
            return size > bytesMax
                    ? RulesFile.tooLarge(path, size, bytesMax)
                    : RulesFile.parse(path, yaml, loader.getCachedBytes(bytesMax), bytesMax);
        } catch (MissingObjectException | LargeObjectException e) {
            return RulesFile.unreadable(path, "file is missing in the repository's objects");
        }
    }

    private static boolean isLfsPointer(byte[] bytes) {
        return bytes.length >= LFS.length
                && java.util.Arrays.equals(bytes, 0, LFS.length, LFS, 0, LFS.length);
    }
}
