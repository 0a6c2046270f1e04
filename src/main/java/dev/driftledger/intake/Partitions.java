package dev.driftledger.intake;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/// Which partition a cluster's records travel on: Kafka's own default for the cluster's uid as key.
public final class Partitions {
    private Partitions() {}

    /// The partition of a cluster, 0 to `partitionsCount - 1`.
    public static int of(String clusterUid, int partitionsCount) {
        byte[] key = clusterUid.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitionsCount;
    }
}
