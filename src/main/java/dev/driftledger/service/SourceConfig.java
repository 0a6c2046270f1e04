package dev.driftledger.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Applications without a reconciler: folders of git repositories that something pushes.
@ConfigMapping(prefix = "driftledger.sources")
public interface SourceConfig {
    /// By application name.
    @WithParentName
    Map<String, Source> byName();

    /// One configured source.
    interface Source {
        /// Name of the cluster as `driftledger.clusters.<name>` has it.
        String cluster();

        /// URL or path of the repository.
        String repository();

        /// The branch whose head is to run.
        @WithDefault("main")
        String branch();

        /// Folder in the repository; default its root.
        Optional<String> path();

        /// Namespace of objects that name none.
        @WithDefault("default")
        String namespace();

        /// How the applied revision is told: `head` (at once), `manager:<field manager>` (when that
        /// manager wrote it) or `annotation:<key>` (the annotation holds the commit id).
        @WithDefault("head")
        String appliedBy();

        /// How long a revision may wait to be applied before that is a finding of medium severity.
        @WithDefault("15m")
        Duration pendingMax();
    }
}
