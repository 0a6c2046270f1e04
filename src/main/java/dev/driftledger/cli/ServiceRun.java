package dev.driftledger.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Boots the service and keeps it running until it is stopped; ends the process with it.
///
/// A start that fails for a setting says so in one sentence; any other failure is shown whole,
/// because it is a mistake of ours.
final class ServiceRun {
    /// Speaks before the log's levels are set, and is only heard when the start fails.
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    /// How Flyway begins what it says of an address that is not for a database it knows.
    private static final String NO_PLUGIN = "No Flyway database plugin found";

    private static final String PORTS =
            "quarkus.http.port and quarkus.management.port must be free ports of an address of this"
                    + " machine, set others: ";

    private static final Pattern UNKNOWN_KEY =
            Pattern.compile("SRCFG00050: (\\S+) in .* does not map to any root");

    private ServiceRun() {}

    /// Returns only where the process is ending already.
    static void untilStopped() {
        HIBERNATE.setLevel(Level.WARNING);
        Quarkus.run(null, ServiceRun::end);
    }

    private static void end(int code, @Nullable Throwable failure) {
        if (failure != null) {
            tell(failure);
        }
        System.exit(code);
    }

    private static void tell(Throwable failure) {
        String words = words(failure);
        if (words == null) {
            failure.printStackTrace();
        } else {
            System.err.println(words);
        }
    }

    /// What is to be said of a failed start; null when only the whole failure can tell.
    static @Nullable String words(Throwable failure) {
        Throwable above = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            switch (each) {
                case ConfigurationException setting -> {
                    return setting.getMessage();
                }
                case ConfigValidationException settings -> {
                    return words(settings);
                }
                case QuarkusBindException taken -> {
                    return PORTS + taken.getMessage();
                }
                case BindException _ -> {
                    return PORTS + above.getMessage();
                }
                default -> above = each;
            }
            if (String.valueOf(each.getMessage()).startsWith(NO_PLUGIN)) {
                return "quarkus.datasource.jdbc.url is no address of a PostgreSQL, write it as"
                        + " jdbc:postgresql://host:port/database";
            }
        }
        return null;
    }

    /// One line for each setting that is wrong.
    private static String words(ConfigValidationException settings) {
        Set<String> lines = new LinkedHashSet<>();
        for (int i = 0; i < settings.getProblemCount(); i++) {
            String said = settings.getProblem(i).getMessage();
            Matcher unknown = UNKNOWN_KEY.matcher(said);
            lines.add(
                    unknown.find()
                            ? unknown.group(1)
                                    + " is no key of Driftledger, correct its spelling or leave it"
                                    + " out"
                            : said.replaceFirst("^[a-zA-Z.]+Exception: ", ""));
        }
        lines.add("docs/reference/configuration.md has all keys with their values");
        return String.join(System.lineSeparator(), lines);
    }
}
