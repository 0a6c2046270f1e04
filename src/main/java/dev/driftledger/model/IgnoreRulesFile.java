package dev.driftledger.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The ignore rules of a source as they stand in git, as JSON:
/// `{file, documents: [...], problems: [{document, message}]}`.
///
/// @param file path in the repository
/// @param documents those that could be read, cut to what rules may stand in
/// @param problems what could not be read; it hides nothing
public record IgnoreRulesFile(String file, List<JsonNode> documents, List<Problem> problems) {
    public IgnoreRulesFile {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    /// What is wrong with a document.
    ///
    /// @param document number in the file, from 1; 0 for the file as a whole
    /// @param message one sentence
    public record Problem(int document, String message) {}

    /// The same with more that is wrong with the file as a whole.
    public IgnoreRulesFile withProblems(List<String> messages) {
        List<Problem> all = new ArrayList<>(problems);
        messages.forEach(message -> all.add(new Problem(0, message)));
        return new IgnoreRulesFile(file, documents, all);
    }

    /// Reads what [#json()] wrote; what is missing is empty.
    public static IgnoreRulesFile of(JsonNode json) {
        List<JsonNode> documents = new ArrayList<>();
        json.path("documents").forEach(documents::add);
        List<Problem> problems = new ArrayList<>();
        for (JsonNode each : json.path("problems")) {
            problems.add(new Problem(each.path("document").asInt(), each.path("message").asText()));
        }
        return new IgnoreRulesFile(json.path("file").asText(), documents, problems);
    }

    /// The file as JSON.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("file", file);
        json.putArray("documents").addAll(documents);
        ArrayNode told = json.putArray("problems");
        for (Problem each : problems) {
            told.addObject().put("document", each.document()).put("message", each.message());
        }
        return json;
    }
}
