package dev.driftledger.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `driftledger --version` prints: the version that Maven built.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties built = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/build.properties")) {
            if (in != null) {
                built.load(in);
            }
        }
        return new String[] {"driftledger " + built.getProperty("version", "unknown")};
    }
}
