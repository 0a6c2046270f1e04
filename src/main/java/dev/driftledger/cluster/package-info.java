/// Watching clusters. The HTTP API of a Kubernetes API server comes in: discovery, lists, watches
/// and OpenAPI documents, live or out of a recording. Intake records go out, redacted, in order,
/// with every interval that could not be watched named. It holds no objects, only an index of what
/// was seen last, and it never writes to a cluster.
@NullMarked
package dev.driftledger.cluster;

import org.jspecify.annotations.NullMarked;
