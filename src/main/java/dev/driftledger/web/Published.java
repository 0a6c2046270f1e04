package dev.driftledger.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The project's own documents that come with the program: `kafka/` and
/// `docs/reference/problems.md` of its repository, which the build copies into the jar. All are
/// UTF-8.
final class Published {
    private static final Pattern SCHEMA = Pattern.compile("[a-z]{1,32}(\\.[a-z]{1,32}){0,3}");

    private Published() {}

    /// What is on the topic of events, for programs.
    static String asyncApi() {
        return read("asyncapi.yaml").orElseThrow(Refusal::noSuchAddress);
    }

    /// The schema of one type of event.
    ///
    /// @param name such as `drift.detected`
    /// @throws Refusal with 404 when there is none
    static String schema(String name) {
        if (!SCHEMA.matcher(name).matches()) {
            throw Refusal.noSuchAddress();
        }
        return read("schemas/" + name + "/v1.json").orElseThrow(Refusal::noSuchAddress);
    }

    /// What each type of problem means, Markdown.
    static String problems() {
        return read("problems.md").orElseThrow(Refusal::noSuchAddress);
    }

    private static Optional<String> read(String path) {
        ClassLoader program = Thread.currentThread().getContextClassLoader();
        try (InputStream stream = program.getResourceAsStream("published/" + path)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("published/" + path + " of the program's jar", e);
        }
    }
}
