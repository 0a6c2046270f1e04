package dev.driftledger.web;

import dev.driftledger.ledger.Hashing;
import dev.driftledger.model.Digest;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The project's templates with a Qute engine of their own, set up as Quarkus does it.
final class TestTemplates {
    private static final Path FOLDER = Path.of("src", "main", "resources", "templates");

    private final Engine engine =
            Engine.builder()
                    .addDefaults()
                    .addValueResolver(ValueResolvers.rawResolver())
                    .addValueResolver(new ReflectionValueResolver())
                    .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                    .addSectionHelper(new UserTagSectionHelper.Factory("mark", "tags/mark"))
                    .addSectionHelper(new UserTagSectionHelper.Factory("time", "tags/time"))
                    .addSectionHelper(new UserTagSectionHelper.Factory("effects", "tags/effects"))
                    .addSectionHelper(new UserTagSectionHelper.Factory("turn", "tags/turn"))
                    .addLocator(TestTemplates::locate)
                    .build();

    String render(String name, Object page) {
        return engine.getTemplate(name).data("page", page).render();
    }

    private static Optional<TemplateLocator.TemplateLocation> locate(String id) {
        Path file = FOLDER.resolve(id + ".html");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(
                new TemplateLocator.TemplateLocation() {
                    @Override
                    public Reader read() {
                        try {
                            return Files.newBufferedReader(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    @Override
                    public Optional<Variant> getVariant() {
                        return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
                    }
                });
    }

    /// The root of a tree, straight from RFC 6962 section 2.1.
    static Digest root(List<Digest> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Hashing.node(
                root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }
}
