package dev.driftledger.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.LocalManifests;
import dev.driftledger.drift.Schemas;
import dev.driftledger.model.Json;
import dev.driftledger.service.BundledSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The schemas by which files are compared, only those of the API versions that occur in them.
///
/// @param name for people: a folder, or which Kubernetes version came along
record SchemaChoice(String name, Schemas schemas) {
    /// As much as a watch takes of an API server; the largest known have about 2 MB.
    private static final int DOCUMENT_MAX_BYTES = 64 << 20;

    private static final int FILES_MAX = 2000;
    private static final String JSON = ".json";
    private static final String PACKED = ".json.gz";

    /// @param folder with documents of one cluster; null for those that come along
    static SchemaChoice of(@Nullable Path folder, List<LocalManifests> files) throws IOException {
        Set<String> wanted = paths(files);
        if (folder == null) {
            String name = "Kubernetes " + BundledSchemas.VERSION + " (bundled)";
            return new SchemaChoice(name, BundledSchemas.load(wanted));
        }
        return new SchemaChoice(folder.toString(), Schemas.of(read(folder, wanted)));
    }

    /// `api/v1`, `apis/apps/v1` of every object.
    private static Set<String> paths(List<LocalManifests> files) {
        Set<String> paths = new TreeSet<>();
        for (LocalManifests file : files) {
            for (ObjectNode object : file.objects()) {
                String version = object.path("apiVersion").asText();
                paths.add((version.indexOf('/') < 0 ? "api/" : "apis/") + version);
            }
        }
        return paths;
    }

    private static SortedMap<String, JsonNode> read(Path folder, Set<String> wanted)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "--openapi " + folder + " is no folder; give one with OpenAPI v3 documents");
        }
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        int count = 0;
        try (Stream<Path> files = Files.walk(folder, 6)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = path(folder.relativize(file).toString());
                count += path == null ? 0 : 1;
                if (path != null && wanted.contains(path)) {
                    documents.put(path, document(file));
                }
            }
        }
        if (count == 0 || count > FILES_MAX) {
            throw new IOException(
                    "--openapi "
                            + folder
                            + " holds "
                            + count
                            + " documents, want 1 to "
                            + FILES_MAX
                            + " named such as apis__apps__v1.json or apis/apps/v1.json");
        }
        return documents;
    }

    /// The path under which a server serves a file; null when it is no document.
    private static @Nullable String path(String file) {
        String name = file.replace('\\', '/').replace("__", "/");
        String lower = name.toLowerCase(Locale.ROOT);
        String suffix = lower.endsWith(PACKED) ? PACKED : JSON;
        boolean api = lower.startsWith("api/") || lower.startsWith("apis/");
        return api && lower.endsWith(suffix)
                ? name.substring(0, name.length() - suffix.length())
                : null;
    }

    private static JsonNode document(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            byte[] bytes = in.readNBytes(DOCUMENT_MAX_BYTES + 1);
            if (bytes.length > DOCUMENT_MAX_BYTES) {
                throw new IOException("has more than " + DOCUMENT_MAX_BYTES + " bytes");
            }
            JsonNode document = Json.parse(bytes);
            if (!document.path("components").path("schemas").isObject()) {
                throw new IOException("has no components.schemas, so it is no OpenAPI v3 document");
            }
            return document;
        } catch (IOException e) {
            throw new IOException("--openapi: " + file + " " + e.getMessage(), e);
        }
    }
}
