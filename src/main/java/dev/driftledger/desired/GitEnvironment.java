package dev.driftledger.desired;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// Keeps the git configuration of the machine and its user out: URL rewrites, proxies, hooks and
/// credential helpers of whoever starts the service must not decide what git says.
final class GitEnvironment extends SystemReader.Delegate {
    private GitEnvironment(SystemReader reader) {
        super(reader);
    }

    /// Installs itself in JGit, once for the process.
    static synchronized void isolate() {
        if (!(SystemReader.getInstance() instanceof GitEnvironment)) {
            SystemReader.setInstance(new GitEnvironment(SystemReader.getInstance()));
            // Credentials come from ~/.netrc: addresses are in the log and must hold none.
            NetRCCredentialsProvider.install();
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    /// A configuration file that is never there.
    private static final class Empty extends FileBasedConfig {
        Empty(Config parent, FS fs) {
            super(parent, new java.io.File("/nonexistent-driftledger-gitconfig"), fs);
        }

        @Override
        public void load() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
