package dev.driftledger.desired.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Json;
import dev.driftledger.model.ObjectBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class YamlGoldenTest {
    private static final String ERROR = "\"error\"";
    private final KubernetesYaml yaml = new KubernetesYaml(YamlLimits.DEFAULTS);

    @Test
    void every_document_means_what_sigs_k8s_io_yaml_says() throws IOException {
        // Given
        List<JsonNode> corpus = corpus();
        // When
        List<String> surprises = new ArrayList<>();
        for (JsonNode line : corpus) {
            boolean stream = line.path("stream").asBoolean();
            String want = stream ? wantStream(line) : wantOne(line);
            byte[] text = line.path("text").textValue().getBytes(StandardCharsets.UTF_8);
            String got = stream ? readAll(text) : readOne(text);
            if (!got.equals(want)) {
                surprises.add(
                        line.path("name").asText()
                                + " "
                                + line.path("text")
                                + "\n  got  "
                                + got
                                + "\n  want "
                                + want);
            }
        }
        // Then
        assertThat(corpus).hasSizeGreaterThan(25_000);
        assertThat(surprises).isEmpty();
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(YamlGoldenTest.class.getResourceAsStream(name));
    }

    private static String wantOne(JsonNode line) {
        return line.path("error").asBoolean() ? ERROR : bytes(line.path("json"));
    }

    /// A wrong separator makes the whole file unreadable here.
    private static String wantStream(JsonNode line) {
        return line.path("error").asBoolean() ? ERROR : bytes(line.path("documents"));
    }

    private String readOne(byte[] text) {
        try {
            return bytes(yaml.readOne(text));
        } catch (YamlException e) {
            return ERROR;
        }
    }

    private String readAll(byte[] text) {
        try {
            List<String> documents = new ArrayList<>();
            for (YamlDocument document : yaml.readAll(text)) {
                documents.add(
                        switch (document) {
                            case YamlDocument.Read(_, JsonNode tree, _) -> bytes(tree);
                            case YamlDocument.Broken _ -> ERROR;
                        });
            }
            return documents.isEmpty() ? "" : "[" + String.join(",", documents) + "]";
        } catch (YamlException e) {
            return ERROR;
        }
    }

    private static String bytes(JsonNode node) {
        return node.isMissingNode() ? "" : new String(ObjectBytes.of(node), StandardCharsets.UTF_8);
    }

    static List<JsonNode> corpus() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(resource("/yaml/golden.jsonl.gz")),
                                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return lines;
    }
}
