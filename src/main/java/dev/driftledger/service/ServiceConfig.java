package dev.driftledger.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The service as a whole.
@ConfigMapping(prefix = "driftledger.service")
public interface ServiceConfig {
    /// Folder for keys, and for the mirrors of repositories unless `driftledger.desired.folder`
    /// says another one. Its `keys` must survive restarts; instances that share clusters need the
    /// same.
    @WithDefault("data")
    Path dataDir();

    /// Name of this instance in the log. Default: the host's name.
    Optional<String> instance();

    /// Where logs say they are from, followed by `/<cluster uid>`: a URL prefix without scheme,
    /// such as `evidence.example.com/log`. It is in every checkpoint and cannot be changed later.
    @WithDefault("driftledger.local/log")
    String origin();

    /// How long after an entry a checkpoint that covers it is signed, at most. 10 ms to 1 minute.
    @WithDefault("1s")
    Duration checkpointDelay();

    /// How many intake records are decided and stored in one transaction. 1 to 10,000.
    @WithDefault("512")
    int batchCount();

    /// Bytes of entries and content beyond which a transaction takes no further record, well below
    /// `driftledger.store.batch-bytes-max`. 64 KiB to 64 MiB.
    @WithDefault("8388608")
    int batchContentBytes();

    /// How long an answer of the database may take before it counts as away. 1 second to 10
    /// minutes.
    @WithDefault("30s")
    Duration storeWaitMax();

    /// The same for short questions while partitions are handed over, which must not take long.
    @WithDefault("5s")
    Duration askWaitMax();

    /// The same for loading what a log knows of its cluster.
    @WithDefault("5m")
    Duration loadWaitMax();

    /// The pause before a cluster that did not answer is asked again, or a watch that broke off is
    /// begun again.
    @WithDefault("3s")
    Duration retryPause();

    /// For how long nothing may be recorded of a cluster that is watched before health says so.
    @WithDefault("2m")
    Duration silenceMax();

    /// How many bytes of content the recorder keeps at hand per cluster.
    @WithDefault("67108864")
    long blobCacheBytes();

    /// How often an application is listed whole though nothing changed.
    @WithDefault("1h")
    Duration snapshotInterval();

    /// Field managers of your own, each with `human`, `controller`, `reconciler` or `admission`; a
    /// name ending in `*` is a prefix.
    Map<String, String> managers();

    /// How bad differences are, before the built-in table; the first row that fits decides. At most
    /// 1,000 rows.
    List<SeverityRow> severities();

    /// Fields beside Secrets whose values must never be stored, each `group/kind:/json/pointer`;
    /// `kind:/json/pointer` for the core group.
    Optional<List<String>> confidentialPaths();

    /// File of a recording to feed in beside the clusters that are watched, once; its cluster is
    /// named `recording`.
    Optional<Path> recording();

    /// Git bundle with every commit that the recording names.
    Optional<Path> recordingBundle();

    /// How many times faster than recorded a recording is fed in; 0 is as fast as possible.
    @WithDefault("20")
    double recordingSpeed();

    /// How much the recorder remembers and writes.
    RecorderLimits recorder();

    /// How bad a difference in some fields is.
    interface SeverityRow {
        /// Kind of the resource, such as `Deployment`; `*` is any.
        @WithDefault("*")
        String kind();

        /// Pattern of the field's path: `[]` is any item or key, `*` any text within one step, `**`
        /// any number of steps, such as `spec.replicas` or `**.image`.
        String path();

        /// `info`, `low`, `medium`, `high` or `critical`.
        String severity();
    }

    /// How much the recorder remembers and writes. The log names these with its other rules, and a
    /// change of them is an entry.
    interface RecorderLimits {
        /// What comes back within this time of its end continues its finding, with one more in its
        /// count. 0 s to 24 h.
        @WithDefault("10m")
        Duration flapping();

        /// Values of fields of more bytes of JSON are named by digest and size. 64 to 8,192.
        @WithDefault("2048")
        int valueMaxBytes();

        /// How many former manifests of a resource tell what was applied once, so that what a
        /// commit took away is told from what somebody added. 0 to 16.
        @WithDefault("3")
        int formerCount();

        /// How many related objects, such as autoscalers, an entry names one by one; more are named
        /// by one list. 1 to 64.
        @WithDefault("16")
        int relatedCount();

        /// How many rendered revisions of an application are remembered, to find the one that an
        /// annotation names. 1 to 1,000.
        @WithDefault("16")
        int renderingsCount();

        /// How many problems an entry about a rendering names; it counts the rest. 1 to 200.
        @WithDefault("20")
        int problemsCount();

        /// How many deleted objects are remembered for a while, so that late news of them changes
        /// nothing. 1 to 100,000.
        @WithDefault("512")
        int tombstonesCount();

        /// For how long they are. 0 s to 24 h.
        @WithDefault("10m")
        Duration tombstonesKept();

        /// How many audit events are remembered for a while, to name users by them. 1 to 100,000.
        @WithDefault("512")
        int auditsCount();

        /// For how long they are. 0 s to 1 h.
        @WithDefault("2m")
        Duration auditsKept();

        /// Applications of more resources than this are large: their snapshots for changed verdicts
        /// keep a pause. 0 to 1,000,000.
        @WithDefault("100")
        int largeCount();

        /// The pause that snapshots of large applications keep. 0 s to 1 h.
        @WithDefault("10s")
        Duration largePause();
    }
}
