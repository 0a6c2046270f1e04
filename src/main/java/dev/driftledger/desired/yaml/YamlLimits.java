package dev.driftledger.desired.yaml;

/// How much of a document is read before it is refused.
///
/// @param documentBytesMax bytes of one document, checked before anything is parsed
/// @param documentsMax documents in one file
/// @param depthMax levels of nesting
/// @param nodesMax nodes after aliases were expanded
public record YamlLimits(int documentBytesMax, int documentsMax, int depthMax, int nodesMax) {
    /// 2 MiB a document, 10,000 documents, 500 levels, a million nodes.
    public static final YamlLimits DEFAULTS =
            new YamlLimits(2 * 1024 * 1024, 10_000, 500, 1_000_000);

    String tooLarge() {
        return "document has more than "
                + documentBytesMax
                + " bytes (driftledger.desired.document-bytes-max)";
    }

    String tooManyDocuments() {
        return "more than "
                + documentsMax
                + " documents in a file (driftledger.desired.documents-max)";
    }

    String tooDeep() {
        return "nests deeper than " + depthMax + " levels (driftledger.desired.depth-max)";
    }

    String tooManyNodes() {
        return "more than " + nodesMax + " nodes (driftledger.desired.nodes-max)";
    }
}
