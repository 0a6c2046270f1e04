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
            case PLAIN -> requireSpaceAfterColon(line, end);
            case SINGLE_QUOTED, JSON_SCALAR_STYLE -> {}
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

    /// `{a:}` is a key `a:` for some readers and a key `a` for others.
    private void requireSpaceAfterColon(int line, int end) throws YamlException {
        int at = end;
        while (at < text.length && text[at] == ' ') {
            at++;
        }
        if (at + 1 < text.length && text[at] == ':' && ",[]{}".indexOf(text[at + 1]) >= 0) {
            throw new YamlException(line, "a space is missing after the colon of a key");
        }
    }
}
