package dev.driftledger.desired;

import dev.driftledger.desired.yaml.YamlLimits;

/// How much of one source is read.
///
/// @param filesMax manifest files
/// @param fileBytesMax bytes of one file
/// @param sourceBytesMax bytes of all files together that are not too large themselves
/// @param sourceNodesMax values in all files together, after aliases were expanded
/// @param objectsMax objects in all files together
/// @param objectBytesMax bytes of one object as JSON, redacted
/// @param treeEntriesMax files and folders of one commit that are looked at
/// @param rulesBytesMax bytes of the file with ignore rules
/// @param yaml limits inside of a file
public record SourceLimits(
        int filesMax,
        int fileBytesMax,
        long sourceBytesMax,
        long sourceNodesMax,
        int objectsMax,
        int objectBytesMax,
        int treeEntriesMax,
        int rulesBytesMax,
        YamlLimits yaml) {
    /// The defaults of [DesiredConfig].
    public static final SourceLimits DEFAULTS =
            new SourceLimits(
                    10_000,
                    8 << 20,
                    128L << 20,
                    10_000_000,
                    50_000,
                    3 << 20,
                    1_000_000,
                    256 << 10,
                    YamlLimits.DEFAULTS);

    /// The limits that are configured.
    public static SourceLimits of(DesiredConfig config) {
        return new SourceLimits(
                config.filesMax(),
                config.fileBytesMax(),
                config.sourceBytesMax(),
                config.sourceNodesMax(),
                config.objectsMax(),
                config.objectBytesMax(),
                config.treeEntriesMax(),
                config.rulesBytesMax(),
                new YamlLimits(
                        config.documentBytesMax(),
                        config.documentsMax(),
                        config.depthMax(),
                        config.nodesMax()));
    }
}
