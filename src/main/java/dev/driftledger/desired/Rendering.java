package dev.driftledger.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import java.util.List;

/// What an application is to look like at one revision.
///
/// @param manifests sorted by key, each key once
/// @param problems what could not be read, sorted by file; it is unknown, not absent
public record Rendering(
        Revision revision, List<Manifest> manifests, List<IntakeRecord.RenderProblem> problems) {

    public Rendering {
        manifests = List.copyOf(manifests);
        problems = List.copyOf(problems);
    }

    /// The list of resources as an intake record carries it.
    public List<IntakeRecord.DesiredResource> resources() {
        return manifests.stream()
                .map(m -> new IntakeRecord.DesiredResource(m.key, m.apiVersion, m.digest, m.file))
                .toList();
    }

    /// One object of a source, its namespace filled in, redacted.
    ///
    /// @param digest of [dev.driftledger.model.ObjectBytes] of the object
    /// @param file path in the repository and `#n` for the n-th document, from 1
    public record Manifest(
            ResourceKey key, String apiVersion, ObjectNode object, Digest digest, String file) {
        /// The same in another place.
        Manifest at(String place) {
            return new Manifest(key, apiVersion, object, digest, place);
        }
    }
}
