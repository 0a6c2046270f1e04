package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Everything the recorder may ever base a decision on. What is not one of these did not happen.
///
/// Objects in records are redacted already. `observedAt` is when the sender saw it; when it was
/// recorded is the time of the Kafka record that carries it.
public sealed interface IntakeRecord {
    /// The cluster whose log this concerns.
    ClusterRef cluster();

    /// When the sender saw it.
    Instant observedAt();

    /// A live version of one object.
    ///
    /// @param fingerprint the sender's short digest of everything but resourceVersion, status and
    ///     bookkeeping; opaque here, handed back to the sender after a restart so that it can leave
    ///     out versions in which nothing of interest changed
    /// @param initial true when it came out of a list, not out of a change that was just made
    record ObjectObserved(
            ClusterRef cluster,
            Instant observedAt,
            ResourceType resourceType,
            ObjectNode object,
            String fingerprint,
            boolean initial)
            implements IntakeRecord {}

    /// An object is gone.
    ///
    /// @param lastSeenAt null when the deletion was seen as it happened; else the object vanished
    ///     between this time and `observedAt`
    record ObjectDeleted(
            ClusterRef cluster,
            Instant observedAt,
            ResourceType resourceType,
            ResourceKey key,
            String uid,
            String resourceVersion,
            @Nullable Instant lastSeenAt)
            implements IntakeRecord {}

    /// An object that could not be read; only this one is unknown.
    ///
    /// @param key null when not even its name could be read
    /// @param digest of the bytes as received
    record ObjectUnreadable(
            ClusterRef cluster,
            Instant observedAt,
            ResourceType resourceType,
            @Nullable ResourceKey key,
            Digest digest,
            long sizeBytes,
            String reason)
            implements IntakeRecord {}

    /// From now on all changes of this type are being seen.
    ///
    /// @param resumed true when the watch went on at the last recorded version, without a list
    record WatchStarted(
            ClusterRef cluster,
            Instant observedAt,
            ResourceType resourceType,
            String resourceVersion,
            int objectsCount,
            boolean resumed)
            implements IntakeRecord {}

    /// Changes of these types were not seen for a while.
    ///
    /// @param types paths of the types, sorted
    /// @param from last moment known to have been watched
    /// @param to when watching was complete again
    /// @param cause one of `expired` (410), `unclean-start`, `silent-watch`, `buffer-full`,
    ///     `paused`, `handed-over`
    record WatchGap(
            ClusterRef cluster,
            Instant observedAt,
            List<String> types,
            Instant from,
            Instant to,
            String cause,
            String detail)
            implements IntakeRecord {}

    /// A type cannot be watched just now. It ends with the next [WatchStarted] of the type.
    ///
    /// @param reason one of `forbidden`, `not-found`, `unreachable`, `broken`
    record TypeUnavailable(
            ClusterRef cluster,
            Instant observedAt,
            ResourceType resourceType,
            String reason,
            String detail)
            implements IntakeRecord {}

    /// Watching goes on; time passes.
    ///
    /// @param resourceVersions by type path: up to where it was seen
    record Heartbeat(
            ClusterRef cluster,
            Instant observedAt,
            SortedMap<String, String> resourceVersions,
            long eventsCount)
            implements IntakeRecord {}

    /// What is watched from now on and what is not, with the reason.
    ///
    /// @param silenceMax the longest time without any entry that is still no gap
    record Scope(
            ClusterRef cluster,
            Instant observedAt,
            List<ResourceType> watched,
            List<Excluded> excluded,
            Duration silenceMax,
            String kubernetesVersion)
            implements IntakeRecord {}

    /// A type left out on purpose.
    record Excluded(String group, String plural, String reason) {}

    /// An OpenAPI v3 document of the cluster.
    ///
    /// @param path such as `api/v1` or `apis/apps/v1`
    /// @param contentHash the hash under which the server offers it
    record SchemaObserved(
            ClusterRef cluster,
            Instant observedAt,
            String path,
            String contentHash,
            JsonNode document)
            implements IntakeRecord {}

    /// The settings that decisions depend on.
    record ConfigChanged(ClusterRef cluster, Instant observedAt, RecorderConfig config)
            implements IntakeRecord {}

    /// One rendered manifest. It precedes every [DesiredRendered] that names its digest for the
    /// first time.
    ///
    /// @param digest of [ObjectBytes] of the object
    record DesiredObject(ClusterRef cluster, Instant observedAt, Digest digest, ObjectNode object)
            implements IntakeRecord {}

    /// A part of a list of resources that is too long for one record. It precedes the
    /// [DesiredRendered] that names its digest, and means nothing without it.
    ///
    /// @param list [ResourceList#digest(List)] of the resources
    /// @param resources sorted by key, each key once
    record DesiredPart(
            ClusterRef cluster,
            Instant observedAt,
            ApplicationId application,
            Digest list,
            List<DesiredResource> resources)
            implements IntakeRecord {}

    /// What an application is to look like at a revision, which is the newest of its source.
    ///
    /// @param parts the [DesiredPart]s whose resources make the list, in this order; empty when
    ///     `resources` is the whole list
    /// @param resources sorted by key, each key once; empty when there are parts
    /// @param problems files or documents that could not be read, which are unknown, not absent
    /// @param rewritten true when the previous revision is no ancestor of this one (force-push)
    record DesiredRendered(
            ClusterRef cluster,
            Instant observedAt,
            ApplicationId application,
            Revision revision,
            List<Digest> parts,
            List<DesiredResource> resources,
            List<RenderProblem> problems,
            boolean rewritten)
            implements IntakeRecord {
        public DesiredRendered {
            parts = parts == null ? List.of() : List.copyOf(parts); // absent in older records
        }

        /// The same with the whole list in it.
        public DesiredRendered whole(List<DesiredResource> list) {
            return new DesiredRendered(
                    cluster,
                    observedAt,
                    application,
                    revision,
                    List.of(),
                    list,
                    problems,
                    rewritten);
        }
    }

    /// One resource of a rendered application.
    ///
    /// @param file path in the repository, with `#n` for the n-th document (from 1)
    record DesiredResource(ResourceKey key, String apiVersion, Digest digest, String file) {}

    /// A file or document that could not be rendered.
    ///
    /// @param file path in the repository, with `#n` for the n-th document (from 1)
    /// @param message what is wrong, the size or shape of it, and what mends it
    /// @param harmless true when no resource can hide behind it: all was read, and what was read
    ///     names none or one that is named elsewhere
    record RenderProblem(String file, String message, boolean harmless) {
        /// A problem that may hide resources.
        public RenderProblem(String file, String message) {
            this(file, message, false);
        }
    }

    /// The source of an application cannot be read; its last desired state stays in force.
    ///
    /// @param since the last time it could be read; null when it never could
    record DesiredStale(
            ClusterRef cluster,
            Instant observedAt,
            ApplicationId application,
            @Nullable Instant since,
            String reason)
            implements IntakeRecord {}

    /// The source of an application can be read again, at the revision known already.
    record DesiredFresh(ClusterRef cluster, Instant observedAt, ApplicationId application)
            implements IntakeRecord {}

    /// A Kubernetes audit event (`audit.k8s.io/v1`), level Metadata at least.
    record AuditObserved(ClusterRef cluster, Instant observedAt, JsonNode event)
            implements IntakeRecord {}

    /// A request that a reconciler or CI sent us, body redacted.
    record HookReceived(
            ClusterRef cluster, Instant observedAt, String source, String path, JsonNode body)
            implements IntakeRecord {}

    /// An instance took over the watching of this cluster.
    record InstanceStarted(ClusterRef cluster, Instant observedAt, String instance, String version)
            implements IntakeRecord {}

    /// An instance ended its watching of this cluster in good order.
    record InstanceStopped(ClusterRef cluster, Instant observedAt, String instance, String reason)
            implements IntakeRecord {}

    /// An intake record that could not be decoded; kept by its digest, never dropped.
    record Malformed(
            ClusterRef cluster,
            Instant observedAt,
            Digest digest,
            long sizeBytes,
            String problem,
            String origin)
            implements IntakeRecord {}
}
