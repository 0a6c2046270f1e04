package dev.driftledger.desired;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings of `driftledger.desired.*`: how sources are fetched and what is too much.
@ConfigMapping(prefix = "driftledger.desired")
public interface DesiredConfig {
    /// Folder of the bare mirrors, made when missing. Anything in it can be fetched again. Default:
    /// in `driftledger.service.data-dir`.
    @WithDefault("${driftledger.service.data-dir:data}/mirrors")
    Path folder();

    /// How often each source is asked for its head.
    @WithDefault("60s")
    Duration pollInterval();

    /// The longest pause after failures in a row.
    @WithDefault("10m")
    Duration backOffMax();

    /// How long one fetch may take before it counts as failed.
    @WithDefault("60s")
    Duration fetchTimeout();

    /// How many sources are fetched and rendered at once.
    @WithDefault("4")
    int parallelMax();

    /// URL schemes that may be fetched from: of `https`, `http`, `git`, `file`, and `ssh` where an
    /// SSH client for JGit is on the class path; a path without scheme counts as `file`. Redirects
    /// are not followed: give the final URL.
    @WithDefault("https,http,git,file")
    List<String> schemes();

    /// Bytes that the mirror of one repository may have on disk; a fetch that brings more is ended.
    /// Default 2 GiB.
    @WithDefault("2147483648")
    long mirrorBytesMax();

    /// Manifest files of one source; what those beyond hold is unknown.
    @WithDefault("10000")
    int filesMax();

    /// Bytes of one manifest file; what a larger one holds is unknown. Default 8 MiB.
    @WithDefault("8388608")
    int fileBytesMax();

    /// Bytes of all manifest files of one source, without those that are too large themselves; what
    /// the files beyond hold is unknown. Default 128 MiB.
    @WithDefault("134217728")
    long sourceBytesMax();

    /// Values in all manifests of one source, after aliases were expanded; what the files beyond
    /// hold is unknown. A million take about 100 MB of memory.
    @WithDefault("10000000")
    long sourceNodesMax();

    /// Objects of one source; those beyond are unknown.
    @WithDefault("50000")
    int objectsMax();

    /// Bytes of one object as JSON, its Secret values replaced; a larger one is unknown. Default
    /// 3 MiB, more than which API servers do not take.
    @WithDefault("3145728")
    int objectBytesMax();

    /// Bytes of one document in a file, checked before it is parsed. Default 2 MiB.
    @WithDefault("2097152")
    int documentBytesMax();

    /// Documents in one file.
    @WithDefault("10000")
    int documentsMax();

    /// Levels of nesting in a document, at most 500.
    @WithDefault("500")
    int depthMax();

    /// Nodes of one document after aliases were expanded.
    @WithDefault("1000000")
    int nodesMax();

    /// Files and folders of one commit that are looked at to find the manifest files; what those
    /// beyond hold is unknown. With a path, only what stands before and in that folder counts.
    @WithDefault("1000000")
    int treeEntriesMax();

    /// Bytes of the rules file `.driftledger.yaml`, as it stands and as JSON with its aliases
    /// expanded; a larger one is not used at all. Default 256 KiB, at most 512 KiB, so that it fits
    /// into one record.
    @WithDefault("262144")
    int rulesBytesMax();

    /// Kinds without namespace beyond the built-in ones, as `group/Kind`. Needed only for custom
    /// resources whose definition is not among the manifests.
    Optional<List<String>> clusterScopedKinds();
}
