package dev.driftledger.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/// A git repository whose branch `main` a test commits to.
public final class SourceRepository {
    private final Path folder;

    private SourceRepository(Path folder) {
        this.folder = folder;
    }

    /// Makes an empty one.
    public static SourceRepository make(Path folder) {
        try (Git git = Git.init().setInitialBranch("main").setDirectory(folder.toFile()).call()) {
            return new SourceRepository(git.getRepository().getWorkTree().toPath());
        } catch (GitAPIException e) {
            throw new IllegalStateException("cannot make a repository in " + folder, e);
        }
    }

    /// Where it is.
    public Path folder() {
        return folder;
    }

    /// Commits a file.
    ///
    /// @return the commit's id
    public String commit(String path, String content) {
        return commit(path, content, false);
    }

    /// Replaces the newest commit by another one, as a forced push does it.
    ///
    /// @return the commit's id
    public String rewrite(String path, String content) {
        return commit(path, content, true);
    }

    private String commit(String path, String content, boolean amend) {
        try (Git git = Git.open(folder.toFile())) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setAmend(amend)
                    .setSign(false)
                    .setAuthor("Ada", "ada@example.com")
                    .setCommitter("Ada", "ada@example.com")
                    .setMessage(path)
                    .call()
                    .name();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("cannot commit to " + folder, e);
        }
    }
}
