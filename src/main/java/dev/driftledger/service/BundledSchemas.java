package dev.driftledger.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.Schemas;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// The OpenAPI v3 documents that ship with the program, for when a cluster's own are not known.
public final class BundledSchemas {
    /// The Kubernetes version of the documents.
    public static final String VERSION = "1.36";

    private static final String FOLDER = "/openapi/v" + VERSION + "/";
    private static final String SUFFIX = ".json.gz";

    private BundledSchemas() {}

    /// Reads all documents; each call reads them anew.
    ///
    /// @throws UncheckedIOException when the program was packed without them
    public static Schemas load() {
        return Schemas.of(documents());
    }

    /// Reads only the documents of these paths, such as `apis/apps/v1`; those that are not there
    /// are left out.
    ///
    /// @throws UncheckedIOException when the program was packed without them
    public static Schemas load(Set<String> paths) {
        return Schemas.of(documents(paths::contains));
    }

    /// The documents by path as a server's index spells it, such as `apis/apps/v1`.
    ///
    /// @throws UncheckedIOException when the program was packed without them
    public static SortedMap<String, JsonNode> documents() {
        return documents(_ -> true);
    }

    private static SortedMap<String, JsonNode> documents(Predicate<String> wanted) {
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        try {
            String index = new String(read("index.txt"), StandardCharsets.UTF_8);
            for (String file : index.lines().toList()) {
                String name = file.substring(0, file.length() - SUFFIX.length());
                String path = name.replace("__", "/");
                if (wanted.test(path)) {
                    documents.put(path, document(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading bundled schemas from " + FOLDER, e);
        }
        return documents;
    }

    private static JsonNode document(String file) throws IOException {
        try (InputStream in = open(file);
                GZIPInputStream unpacked = new GZIPInputStream(in)) {
            return Json.parse(unpacked.readAllBytes());
        }
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = BundledSchemas.class.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IOException(file + " is not there");
        }
        return in;
    }
}
