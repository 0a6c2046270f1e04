package dev.driftledger.desired.yaml;

import org.yaml.snakeyaml.error.Mark;

/// A place in a text and what is there, counted in characters as Kubernetes' YAML reader does: a
/// tab is one column, CR LF is one line break, and so are NEL, LS and PS.
final class Cursor {
    /// What is read at and behind the end of the text, which never holds it.
    static final int END = 0;

    private static final int NEL = 0x85;
    private static final int LS = 0x2028;
    private static final int PS = 0x2029;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final int[] text;
    private int index;
    private int line;
    private int column;

    /// @throws ScanException when the text has a character that no YAML document has
    Cursor(int[] text) {
        this.text = text;
        int lines = 0;
        for (int c : text) {
            if (!isAllowed(c)) {
                throw new ScanException(lines, "a control character is not allowed");
            }
            lines += c == '\n' ? 1 : 0;
        }
        if (at(BYTE_ORDER_MARK)) {
            index++;
        }
        if (at(BYTE_ORDER_MARK)) {
            throw new ScanException(0, "a byte order mark stands twice");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 0x20 && c <= 0x7E)
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c == NEL
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    int index() {
        return index;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    Mark mark() {
        return new Mark("document", index, line, column, text, index);
    }

    int peek() {
        return peek(0);
    }

    int peek(int ahead) {
        return index + ahead < text.length ? text[index + ahead] : END;
    }

    boolean at(int c) {
        return peek() == c;
    }

    boolean atEnd() {
        return index >= text.length;
    }

    boolean atBlank() {
        return isBlank(peek());
    }

    boolean atBreak() {
        return isBreak(peek());
    }

    boolean atBreakOrEnd() {
        return atEnd() || atBreak();
    }

    boolean atBlankOrEnd() {
        return isBlankOrEnd(peek());
    }

    boolean atDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    /// A letter, digit, `_` or `-`, of which names of anchors and handles of tags are made.
    boolean atWord() {
        int c = peek();
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || atDigit() || c == '_' || c == '-';
    }

    /// Whether `---` or `...` stands alone at the start of a line.
    boolean atDocumentIndicator() {
        return atDocumentIndicator('-') || atDocumentIndicator('.');
    }

    boolean atDocumentIndicator(int c) {
        return column == 0 && at(c) && peek(1) == c && peek(2) == c && isBlankOrEnd(peek(3));
    }

    void skip() {
        index++;
        column++;
    }

    void skip(int count) {
        index += count;
        column += count;
    }

    /// Skips one character and gives it to the text.
    void read(StringBuilder into) {
        into.appendCodePoint(peek());
        skip();
    }

    void skipBlanks() {
        while (atBlank()) {
            skip();
        }
    }

    /// Skips a comment, if one begins here, up to its line break.
    void skipComment() {
        if (at('#')) {
            while (!atBreakOrEnd()) {
                skip();
            }
        }
    }

    /// Skips one line break, if there is one.
    void skipBreak() {
        if (atBreak()) {
            index += at('\r') && peek(1) == '\n' ? 2 : 1;
            column = 0;
            line++;
        }
    }

    /// Skips one line break, if there is one, and gives it to the text: as LF, except LS and PS.
    void readBreak(StringBuilder into) {
        if (atBreak()) {
            int c = peek();
            into.appendCodePoint(c == LS || c == PS ? c : '\n');
            skipBreak();
        }
    }

    /// The end of a text counts as the start of a line.
    void forceNewLine() {
        if (column != 0) {
            column = 0;
            line++;
        }
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == NEL || c == LS || c == PS;
    }

    static boolean isBlankOrEnd(int c) {
        return c == END || isBlank(c) || isBreak(c);
    }
}
