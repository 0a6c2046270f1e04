package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// One line of a recording (format `driftledger-recording/1`).
public sealed interface RecordingLine {
    /// The format that is read and written.
    String FORMAT = "driftledger-recording/1";

    /// The first line.
    ///
    /// @param cluster uid of the cluster's `kube-system` namespace
    /// @param kubernetes version of the API server
    record Header(String cluster, String kubernetes, Instant started) implements RecordingLine {}

    /// A watch event as the server sent it.
    ///
    /// @param path of the type, such as `/api/v1/pods`
    /// @param event its bytes, `{"type": …, "object": …}`
    record Watch(Instant at, String path, Bytes event) implements RecordingLine {}

    /// What a fetch of a repository would see from now on.
    ///
    /// @param refs ref name → commit id
    record Git(Instant at, String repository, SortedMap<String, String> refs)
            implements RecordingLine {}

    /// A request that a reconciler sent.
    record Hook(Instant at, String method, String path, List<List<String>> headers, String body)
            implements RecordingLine {}

    /// A Kubernetes audit event.
    record Audit(Instant at, JsonNode event) implements RecordingLine {}

    /// A range of bytes, lent until the next line is read.
    final class Bytes {
        private final byte[] buffer;
        private final int from;
        private final int to;

        Bytes(byte[] buffer, int from, int to) {
            this.buffer = buffer;
            this.from = from;
            this.to = to;
        }

        byte[] buffer() {
            return buffer;
        }

        int from() {
            return from;
        }

        int to() {
            return to;
        }
    }
}
