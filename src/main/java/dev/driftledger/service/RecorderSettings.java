package dev.driftledger.service;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.model.RecorderLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Turns configuration into what the recorder's decisions depend on, and refuses what makes no
/// sense, naming the key and the fix.
final class RecorderSettings {
    private static final Set<String> CLASSES =
            Set.of("human", "controller", "reconciler", "admission");

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
                limits(service.recorder()));
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

    /// Checks all sources, managers and limits.
    ///
    /// @param clusterNames the clusters that are configured
    /// @throws ConfigurationException for the first mistake
    static void check(Set<String> clusterNames, ServiceConfig service, SourceConfig sources) {
        limits(service.recorder());
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

    /// The repository is in the log for ever, so it must hold no secret.
    private static String repository(String name, String text) {
        int at = text.indexOf('@');
        int scheme = text.indexOf("://");
        boolean userInfo =
                scheme > 0 && at > scheme && !text.substring(scheme + 3, at).contains("/");
        if (userInfo && !text.startsWith("ssh://")) {
            throw new ConfigurationException(
                    key(name, "repository"),
                    "holds a user or password, and the log keeps it for ever; put them into"
                            + " ~/.netrc and set the address without them");
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
