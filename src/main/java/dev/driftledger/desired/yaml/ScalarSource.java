package dev.driftledger.desired.yaml;

import org.yaml.snakeyaml.events.ScalarEvent;

/// The characters that a scalar was read from. The parser accepts a few scalars that libyaml reads
/// otherwise or refuses; what the value alone does not show, the source does.
final class ScalarSource {
    private final int[] text;

    ScalarSource(int[] text) {
        this.text = text;
    }

    /// Refuses scalars that Kubernetes would not read like the parser.
    void require(ScalarEvent scalar) throws YamlException {
        int line = scalar.getStartMark().getLine();
        int start = scalar.getStartMark().getIndex();
        int end = scalar.getEndMark().getIndex();
        switch (scalar.getScalarStyle()) {
            case DOUBLE_QUOTED -> requireWholeCharacters(line, start, end);
            case LITERAL, FOLDED -> requireNoTabAsIndent(line, start, scalar.getValue());
            case PLAIN, SINGLE_QUOTED, JSON_SCALAR_STYLE -> {}
        }
    }

    /// `\\ud83d` is no character.
    private void requireWholeCharacters(int line, int start, int end) throws YamlException {
        for (int i = start; i + 3 < end; i++) {
            if (text[i] == '\\') {
                if (text[i + 1] == 'u'
                        && Character.toLowerCase(text[i + 2]) == 'd'
                        && Character.digit(text[i + 3], 16) >= 8) {
                    throw new YamlException(line, "an escape names half of a character");
                }
                i++;
            }
        }
    }

    /// Where no number says how deep a block is indented, its first line must not begin with a tab.
    private void requireNoTabAsIndent(int line, int start, String value) throws YamlException {
        int first = 0;
        while (first < value.length() && value.charAt(first) == '\n') {
            first++;
        }
        if (first == value.length() || value.charAt(first) != '\t') {
            return;
        }
        for (int i = start; i < text.length && text[i] != '\n' && text[i] != '#'; i++) {
            if (Character.isDigit(text[i])) {
                return;
            }
        }
        throw new YamlException(line, "a block begins with a tab where indentation is expected");
    }

    /// Whether a plain scalar has a colon of its own behind it: `{a:}` has the key `a:`, because a
    /// key's colon is followed by a space. Where the parser's reading cannot be mended it is
    /// refused.
    boolean endsWithColon(ScalarEvent scalar) throws YamlException {
        int end = scalar.getEndMark().getIndex();
        int at = end;
        while (at < text.length && text[at] == ' ') {
            at++;
        }
        if (!scalar.isPlain() || at + 1 >= text.length || text[at] != ':') {
            return false;
        }
        if (text[at + 1] == '[' || text[at + 1] == '{' || (at > end && isEnd(text[at + 1]))) {
            throw new YamlException(
                    scalar.getStartMark().getLine(), "a space is missing after the colon of a key");
        }
        return isEnd(text[at + 1]);
    }

    /// Whether an item of a flow list ends here.
    boolean isListItem(int index) {
        return index < text.length && (text[index] == ',' || text[index] == ']');
    }

    private static boolean isEnd(int c) {
        return c == ',' || c == ']' || c == '}';
    }
}
