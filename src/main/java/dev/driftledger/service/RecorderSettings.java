package dev.driftledger.service;

import static java.util.Locale.ROOT;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.model.RecorderLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Turns configuration into what the recorder's decisions depend on, and refuses what makes no
/// sense, naming the key and the fix.
final class RecorderSettings {
    private static final Set<String> CLASSES =
            Set.of("human", "controller", "reconciler", "admission");

    private static final String SEVERITIES = "driftledger.service.severities";
    private static final List<String> SEVERITY_NAMES =
            List.of("info", "low", "medium", "high", "critical");

    /// All rows go into one intake record, and each difference is held against each of them.
    private static final int SEVERITIES_MAX = 1000;

    private static final int SEVERITY_PATH_LENGTH_MAX = 256;

    /// A host and maybe a port; anything else before the first slash is a piece of a password.
    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:]*)(:[0-9]*)?");

    private RecorderSettings() {}

    /// The settings of one cluster.
    ///
    /// @param clusterName as `driftledger.clusters.<name>` has it
    static RecorderConfig of(String clusterName, ServiceConfig service, SourceConfig sources) {
        List<RecorderConfig.Application> applications =
                new TreeMap<>(sources.byName())
                        .entrySet().stream()
                                .filter(e -> e.getValue().cluster().equals(clusterName))
                                .map(e -> application(e.getKey(), e.getValue()))
                                .toList();
        return new RecorderConfig(
                applications,
                service.snapshotInterval(),
                new TreeMap<>(service.managers()),
                limits(service.recorder()),
                severities(service.severities()));
    }

    private static List<RecorderConfig.SeverityRow> severities(
            List<ServiceConfig.SeverityRow> rows) {
        if (rows.size() > SEVERITIES_MAX) {
            throw new ConfigurationException(
                    SEVERITIES, "has " + rows.size() + " rows, set at most " + SEVERITIES_MAX);
        }
        List<RecorderConfig.SeverityRow> taken = new ArrayList<>();
        for (ServiceConfig.SeverityRow row : rows) {
            String at = SEVERITIES + "[" + taken.size() + "].";
            if (row.path().isBlank() || row.path().length() > SEVERITY_PATH_LENGTH_MAX) {
                throw new ConfigurationException(
                        at + "path",
                        "has "
                                + row.path().length()
                                + " characters; set a pattern such as spec.replicas of at most "
                                + SEVERITY_PATH_LENGTH_MAX);
            }
            if (!SEVERITY_NAMES.contains(row.severity())) {
                throw new ConfigurationException(
                        at + "severity",
                        "is '" + row.severity() + "'; set one of " + SEVERITY_NAMES);
            }
            taken.add(new RecorderConfig.SeverityRow(row.kind(), row.path(), row.severity()));
        }
        return taken;
    }

    private static RecorderLimits limits(ServiceConfig.RecorderLimits set) {
        try {
            return new RecorderLimits(
                    set.flapping(),
                    set.valueMaxBytes(),
                    set.formerCount(),
                    set.relatedCount(),
                    set.renderingsCount(),
                    set.problemsCount(),
                    set.tombstonesCount(),
                    set.tombstonesKept(),
                    set.auditsCount(),
                    set.auditsKept(),
                    set.largeCount(),
                    set.largePause());
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            int name = problem.indexOf(' ');
            throw new ConfigurationException(
                    "driftledger.service.recorder." + problem.substring(0, name),
                    problem.substring(name + 1));
        }
    }

    /// Checks all sources, managers, severities and limits.
    ///
    /// @param clusterNames the clusters that are configured
    /// @throws ConfigurationException for the first mistake
    static void check(Set<String> clusterNames, ServiceConfig service, SourceConfig sources) {
        limits(service.recorder());
        severities(service.severities());
        new TreeMap<>(sources.byName())
                .forEach((name, source) -> {
                    if (!clusterNames.contains(source.cluster())) {
                        throw new ConfigurationException(
                                key(name, "cluster"),
                                "is '"
                                        + source.cluster()
                                        + "', which no driftledger.clusters."
                                        + "<name> configures; known are "
                                        + clusterNames);
                    }
                    application(name, source);
                });
        for (Map.Entry<String, String> row : service.managers().entrySet()) {
            if (!CLASSES.contains(row.getValue())) {
                throw new ConfigurationException(
                        "driftledger.service.managers." + row.getKey(),
                        "is '"
                                + row.getValue()
                                + "'; set one of "
                                + CLASSES.stream().sorted().toList());
            }
        }
    }

    /// The repository is in the log for ever, so it must hold no secret: no user but that of SSH,
    /// which is no secret, never a password, and no query, where tokens are written too.
    private static String repository(String name, String text) {
        int scheme = text.indexOf("://");
        String rest = scheme < 0 ? text : text.substring(scheme + 3);
        int slash = rest.indexOf('/');
        String place = slash < 0 ? rest : rest.substring(0, slash);
        int at = place.lastIndexOf('@');
        boolean isSsh = scheme < 0 || text.substring(0, scheme).toLowerCase(ROOT).equals("ssh");
        boolean isPassword =
                (at >= 0 && place.substring(0, at).contains(":"))
                        || (scheme >= 0 && !HOST.matcher(place.substring(at + 1)).matches());
        if (isPassword || (at >= 0 && !isSsh)) {
            throw new ConfigurationException(
                    key(name, "repository"),
                    "holds a user or password, and the log keeps it for ever; put them into"
                            + " ~/.netrc, or use an SSH key, and set the address without them");
        }
        if (text.contains("?") || text.contains("#")) {
            throw new ConfigurationException(
                    key(name, "repository"),
                    "holds a query or fragment, where tokens are, and the log keeps it for ever;"
                            + " put the token into ~/.netrc and set the address up to the path");
        }
        return text;
    }

    private static RecorderConfig.Application application(String name, SourceConfig.Source source) {
        return new RecorderConfig.Application(
                new ApplicationId("none", source.namespace(), name),
                repository(name, source.repository()),
                source.branch(),
                source.path().orElse(""),
                source.pendingMax(),
                appliedBy(name, source.appliedBy()));
    }

    private static AppliedBy appliedBy(String name, String text) {
        try {
            return AppliedBy.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    key(name, "applied-by"), String.valueOf(e.getMessage()));
        }
    }

    private static String key(String source, String field) {
        return "driftledger.sources." + source + "." + field;
    }
}
