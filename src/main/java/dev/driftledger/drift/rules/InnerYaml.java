package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;

/// Reads YAML that stands as text inside of a document, as it does in `argocd-cm`.
@FunctionalInterface
public interface InnerYaml {
    /// The value of the only document in the text.
    ///
    /// @throws RuleException when the text is no YAML
    JsonNode read(String text) throws RuleException;
}
