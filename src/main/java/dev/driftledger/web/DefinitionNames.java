package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The names under which a kind's definition is likely to be found: no entry tells plurals.
final class DefinitionNames {
    private DefinitionNames() {}

    /// None for the kinds that Kubernetes itself brings.
    static List<ResourceKey> of(ResourceKey key) {
        if (key.group().indexOf('.') < 0) {
            return List.of();
        }
        String kind = key.kind().toLowerCase(Locale.ROOT);
        String stem = kind.substring(0, kind.length() - 1);
        return Stream.of(kind + "s", kind + "es", stem + "ies", kind)
                .map(plural ->
                        new ResourceKey(
                                "apiextensions.k8s.io",
                                "CustomResourceDefinition",
                                "",
                                plural + "." + key.group()))
                .toList();
    }
}
