package dev.driftledger.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an application is to look like at one revision.
///
/// @param manifests sorted by key, each key once
/// @param problems what could not be read, sorted by file; it is unknown, not absent
/// @param rules the source's ignore rules; null when it has none
public record Rendering(
        Revision revision,
        List<Manifest> manifests,
        List<IntakeRecord.RenderProblem> problems,
        @Nullable Rules rules) {

    public Rendering {
        manifests = List.copyOf(manifests);
        problems = List.copyOf(problems);
    }

    /// A revision without ignore rules.
    public Rendering(
            Revision revision,
            List<Manifest> manifests,
            List<IntakeRecord.RenderProblem> problems) {
        this(revision, manifests, problems, null);
    }

    /// The same with ignore rules.
    Rendering with(IgnoreRulesFile file) {
        return new Rendering(revision, manifests, problems, Rules.of(file));
    }

    /// Ignore rules as a record carries them.
    ///
    /// @param digest of [dev.driftledger.model.ObjectBytes] of the content
    /// @param content an [IgnoreRulesFile]
    public record Rules(Digest digest, ObjectNode content) {
        static Rules of(IgnoreRulesFile file) {
            ObjectNode content = file.json();
            return new Rules(ObjectBytes.digest(content), content);
        }
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
