package dev.driftledger.desired.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One node of a document before its scalars are resolved and its aliases expanded.
sealed interface YamlNode {
    /// Where it begins, from 0.
    int line();

    /// One scalar.
    ///
    /// @param tag spelt out (`tag:yaml.org,2002:str`), null when there is none
    /// @param implicit true when it is plain, so that its text decides what it is
    record Scalar(int line, String value, @Nullable String tag, boolean implicit)
            implements YamlNode {
        boolean isMerge() {
            return value.equals("<<") && (implicit || ScalarResolver.MERGE.equals(tag));
        }
    }

    /// A list.
    ///
    /// @param children grows while the document is read
    record Sequence(int line, List<YamlNode> children) implements YamlNode {}

    /// A map.
    ///
    /// @param children key, value, key, value; grows while the document is read
    record Mapping(int line, List<YamlNode> children) implements YamlNode {}

    /// Another node once more.
    ///
    /// @param target never an alias
    record Alias(int line, YamlNode target) implements YamlNode {}
}
