package dev.driftledger.desired.yaml;

import com.fasterxml.jackson.databind.JsonNode;

/// One document of a file; empty documents do not count.
public sealed interface YamlDocument {
    /// Its place among the documents of the file, from 1.
    int number();

    /// A document that was read.
    ///
    /// @param more true when text follows its end before the next `---`, which Kubernetes' tools
    ///     leave out without a word
    record Read(int number, JsonNode tree, boolean more) implements YamlDocument {}

    /// A document that could not be read; the others of the file still can.
    ///
    /// @param message names the line of the file where it is known
    record Broken(int number, String message) implements YamlDocument {}
}
