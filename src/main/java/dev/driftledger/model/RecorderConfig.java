package dev.driftledger.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The settings that the recorder's decisions depend on. They reach it as an intake record, so
/// that a log can be computed again.
///
/// @param applications configured sources of this cluster, sorted by id
/// @param snapshotInterval how often a snapshot is taken though nothing changed
/// @param managers field manager (exact, or a prefix ending in `*`) → `human`, `controller`,
///     `reconciler` or `admission`, before the built-in table
/// @param limits how much is remembered and written; records from before there were limits mean
///     the defaults
/// @param severities how bad differences are, before the built-in table; the first row that fits
///     decides. Records from before there were any mean none
public record RecorderConfig(
        List<Application> applications,
        Duration snapshotInterval,
        SortedMap<String, String> managers,
        RecorderLimits limits,
        List<SeverityRow> severities) {

    public RecorderConfig {
        applications = List.copyOf(applications);
        managers = Collections.unmodifiableSortedMap(new TreeMap<>(managers));
        limits = Objects.requireNonNullElse(limits, RecorderLimits.DEFAULT);
        severities = severities == null ? List.of() : List.copyOf(severities);
    }

    /// Settings with the built-in severities.
    public RecorderConfig(
            List<Application> applications,
            Duration snapshotInterval,
            SortedMap<String, String> managers,
            RecorderLimits limits) {
        this(applications, snapshotInterval, managers, limits, List.of());
    }

    /// Settings with the default limits.
    public RecorderConfig(
            List<Application> applications,
            Duration snapshotInterval,
            SortedMap<String, String> managers) {
        this(applications, snapshotInterval, managers, RecorderLimits.DEFAULT);
    }

    /// The settings of one application; null when it is not configured.
    public @Nullable Application application(ApplicationId id) {
        for (Application candidate : applications) {
            if (candidate.id().equals(id)) {
                return candidate;
            }
        }
        return null;
    }

    /// One configured source: a folder of a repository that something pushes to the cluster.
    ///
    /// @param repository URL or path of the git repository
    /// @param branch such as `main`
    /// @param path folder in the repository, empty for its root
    /// @param pendingMax how long a revision may wait to be applied before that is a finding
    /// @param appliedBy how to tell which revision was applied
    public record Application(
            ApplicationId id,
            String repository,
            String branch,
            String path,
            Duration pendingMax,
            AppliedBy appliedBy) {}

    /// How bad a difference in some fields is.
    ///
    /// @param kind such as `Deployment`, or `*` for all
    /// @param path pattern of paths, such as `spec.replicas` or `**.image`
    /// @param severity `info`, `low`, `medium`, `high` or `critical`
    public record SeverityRow(String kind, String path, String severity) {}

    /// How to tell which revision of a configured source was applied.
    ///
    /// @param kind what to look at
    /// @param name the field manager's or the annotation's name; null for [Kind#HEAD]
    public record AppliedBy(Kind kind, @Nullable String name) {
        /// Reads `head`, `manager:<field manager>` or `annotation:<key>`.
        ///
        /// @throws IllegalArgumentException naming the shape that is wanted
        public static AppliedBy parse(String text) {
            int colon = text.indexOf(':');
            String kind = colon < 0 ? text : text.substring(0, colon);
            String name = colon < 0 ? "" : text.substring(colon + 1);
            if (kind.equals("head") && colon < 0) {
                return new AppliedBy(Kind.HEAD, null);
            }
            if (kind.equals("manager") && !name.isBlank()) {
                return new AppliedBy(Kind.MANAGER, name);
            }
            if (kind.equals("annotation") && !name.isBlank()) {
                return new AppliedBy(Kind.ANNOTATION, name);
            }
            throw new IllegalArgumentException(
                    "must be head, manager:<field manager> or annotation:<key>, got '"
                            + text
                            + "'");
        }

        /// Where the applied revision is written.
        public enum Kind implements Labelled {
            /// Nowhere: the head of the branch counts as applied at once.
            HEAD,
            /// A resource has the head once this field manager wrote it after the head was known,
            /// or once it equals the head.
            MANAGER,
            /// This annotation of the live object holds the commit id.
            ANNOTATION
        }
    }
}
