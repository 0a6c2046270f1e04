package dev.driftledger.service;

import dev.driftledger.desired.DesiredConfig;
import dev.driftledger.store.StoreConfig;
import dev.driftledger.web.WebConfig;
import jakarta.inject.Singleton;

/// Refuses limits of reading (sources, database, pages) with which nothing could be read, or more
/// than fits anywhere.
@Singleton
final class ReadingRanges {
    private static final String DESIRED = "driftledger.desired.";
    private static final String STORE = "driftledger.store.";

    private final DesiredConfig desired;
    private final StoreConfig store;
    private final WebConfig web;

    ReadingRanges(DesiredConfig desired, StoreConfig store, WebConfig web) {
        this.desired = desired;
        this.store = store;
        this.web = web;
    }

    /// @throws ConfigurationException for the first number out of its range
    void check() {
        checkSources();
        checkYaml();
        checkStore();
        Ranges.require("driftledger.web.coverage-days-max", web.coverageDaysMax(), 1, 3_660);
        Ranges.require(
                "driftledger.web.findings-counted-max", web.findingsCountedMax(), 1, 100_000);
    }

    private void checkSources() {
        Ranges.require(DESIRED + "poll-interval", desired.pollInterval(), 1, 86_400);
        Ranges.require(DESIRED + "back-off-max", desired.backOffMax(), 1, 86_400);
        Ranges.require(DESIRED + "fetch-timeout", desired.fetchTimeout(), 1, 3_600);
        Ranges.require(DESIRED + "parallel-max", desired.parallelMax(), 1, 1_000);
        Ranges.require(DESIRED + "mirror-bytes-max", desired.mirrorBytesMax(), 1 << 20, 1L << 44);
        Ranges.require(DESIRED + "files-max", desired.filesMax(), 1, 10_000_000);
        Ranges.require(DESIRED + "tree-entries-max", desired.treeEntriesMax(), 1, 100_000_000);
        Ranges.require(DESIRED + "file-bytes-max", desired.fileBytesMax(), 1 << 10, 1 << 30);
        Ranges.require(DESIRED + "source-bytes-max", desired.sourceBytesMax(), 1 << 10, 1L << 40);
        Ranges.require(
                DESIRED + "source-nodes-max", desired.sourceNodesMax(), 1_000, 10_000_000_000L);
        Ranges.require(DESIRED + "objects-max", desired.objectsMax(), 1, 10_000_000);
        Ranges.require(DESIRED + "object-bytes-max", desired.objectBytesMax(), 1 << 10, 64 << 20);
        Ranges.require(DESIRED + "rules-bytes-max", desired.rulesBytesMax(), 1 << 10, 512 << 10);
    }

    private void checkYaml() {
        Ranges.require(
                DESIRED + "document-bytes-max", desired.documentBytesMax(), 1 << 10, 64 << 20);
        Ranges.require(DESIRED + "documents-max", desired.documentsMax(), 1, 10_000_000);
        Ranges.require(DESIRED + "depth-max", desired.depthMax(), 1, 500);
        Ranges.require(DESIRED + "nodes-max", desired.nodesMax(), 1, 100_000_000);
    }

    private void checkStore() {
        Ranges.require(
                STORE + "batch-bytes-max", store.batchBytesMax().asLongValue(), 1 << 20, 1L << 30);
        Ranges.require(STORE + "start-wait-max", store.startWaitMax(), 0, 600);
        Ranges.require(STORE + "partition-months-ahead", store.partitionMonthsAhead(), 0, 24);
        Ranges.require(STORE + "page-size-max", store.pageSizeMax(), 1, 100_000);
        Ranges.require(
                STORE + "page-size-default", store.pageSizeDefault(), 1, store.pageSizeMax());
        Ranges.require(
                STORE + "coverage-entries-max", store.coverageEntriesMax(), 1_000, 100_000_000);
    }
}
