package dev.driftledger.desired.yaml;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.tokens.ScalarToken;

/// Scans one plain or quoted scalar.
final class FlowScalarScanner {
    private static final Map<Integer, String> ESCAPES =
            Map.ofEntries(
                    Map.entry((int) '0', "\0"),
                    Map.entry((int) 'a', "\u0007"),
                    Map.entry((int) 'b', "\b"),
                    Map.entry((int) 't', "\t"),
                    Map.entry((int) '\t', "\t"),
                    Map.entry((int) 'n', "\n"),
                    Map.entry((int) 'v', "\u000B"),
                    Map.entry((int) 'f', "\f"),
                    Map.entry((int) 'r', "\r"),
                    Map.entry((int) 'e', "\u001B"),
                    Map.entry((int) ' ', " "),
                    Map.entry((int) '"', "\""),
                    Map.entry((int) '\'', "'"),
                    Map.entry((int) '\\', "\\"),
                    Map.entry((int) 'N', "\u0085"),
                    Map.entry((int) '_', "\u00A0"),
                    Map.entry((int) 'L', "\u2028"),
                    Map.entry((int) 'P', "\u2029"));
    private static final Map<Integer, Integer> HEX_DIGITS =
            Map.of((int) 'x', 2, (int) 'u', 4, (int) 'U', 8);

    private final Cursor cursor;
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder blanks = new StringBuilder();
    private final StringBuilder firstBreak = new StringBuilder();
    private final StringBuilder moreBreaks = new StringBuilder();
    private boolean broken;

    FlowScalarScanner(Cursor cursor) {
        this.cursor = cursor;
    }

    /// Whether the plain scalar ended with a line break behind it.
    boolean endedLine() {
        return broken;
    }

    /// @param indent of the block around it, -1 at the top
    /// @param inFlow whether it stands in brackets or braces
    ScalarToken scanPlain(int indent, boolean inFlow) {
        Mark start = cursor.mark();
        Mark end = start;
        while (!cursor.atDocumentIndicator() && !cursor.at('#')) {
            while (!cursor.atBlankOrEnd() && !endsPlain(inFlow)) {
                addSpace();
                cursor.read(value);
                end = cursor.mark();
            }
            if (!cursor.atBlank() && !cursor.atBreak()) {
                break;
            }
            scanSpace(indent + 1, start.getLine());
            if (!inFlow && cursor.column() <= indent) {
                break;
            }
        }
        return new ScalarToken(value.toString(), true, start, end, ScalarStyle.PLAIN);
    }

    private boolean endsPlain(boolean inFlow) {
        int c = cursor.peek();
        return (c == ':' && Cursor.isBlankOrEnd(cursor.peek(1)))
                || (inFlow && ",?[]{}".indexOf(c) >= 0);
    }

    ScalarToken scanQuoted() {
        Mark start = cursor.mark();
        int quote = cursor.peek();
        cursor.skip();
        while (true) {
            if (cursor.atDocumentIndicator() || cursor.atEnd()) {
                throw new ScanException(start.getLine(), "a quoted text does not end");
            }
            broken = false;
            scanWord(quote, start.getLine());
            if (cursor.at(quote)) {
                break;
            }
            scanSpace(0, start.getLine());
            addSpace();
        }
        cursor.skip();
        ScalarStyle style = quote == '"' ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.SINGLE_QUOTED;
        return new ScalarToken(value.toString(), false, start, cursor.mark(), style);
    }

    /// Up to a blank, a line break or the closing quote.
    private void scanWord(int quote, int line) {
        while (!cursor.atBlankOrEnd()) {
            if (quote == '\'' && cursor.at('\'') && cursor.peek(1) == '\'') {
                value.append('\'');
                cursor.skip(2);
            } else if (cursor.at(quote)) {
                return;
            } else if (quote == '"' && cursor.at('\\') && Cursor.isBreak(cursor.peek(1))) {
                cursor.skip();
                cursor.skipBreak();
                broken = true;
                return;
            } else if (quote == '"' && cursor.at('\\')) {
                scanEscape(line);
            } else {
                cursor.read(value);
            }
        }
    }

    private void scanEscape(int line) {
        int code = cursor.peek(1);
        Integer digits = HEX_DIGITS.get(code);
        String plain = ESCAPES.get(code);
        if (digits == null && plain == null) {
            throw new ScanException(line, "a quoted text has an unknown escape");
        }
        cursor.skip(2);
        if (digits == null) {
            value.append(plain);
            return;
        }
        long point = 0;
        for (int i = 0; i < digits; i++) {
            int c = cursor.peek(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new ScanException(line, "an escape wants " + digits + " hex digits");
            }
            point = (point << 4) | digit;
        }
        boolean half = point >= 0xD800 && point <= 0xDFFF;
        if (half || point > Character.MAX_CODE_POINT) {
            throw new ScanException(line, "an escape names no character");
        }
        value.appendCodePoint((int) point);
        cursor.skip(digits);
    }

    /// Blanks and line breaks. Blanks around line breaks do not count.
    ///
    /// @param indent columns in which a line must not have tabs
    private void scanSpace(int indent, int line) {
        while (cursor.atBlank() || cursor.atBreak()) {
            if (cursor.atBreak()) {
                cursor.readBreak(broken ? moreBreaks : firstBreak);
                broken = true;
            } else if (broken && cursor.column() < indent && cursor.at('\t')) {
                throw new ScanException(line, "a tab stands where indentation is expected");
            } else if (broken) {
                cursor.skip();
            } else {
                cursor.read(blanks);
            }
        }
    }

    /// Gives the space before a word to the text: a single line break is folded to a space.
    private void addSpace() {
        if (!broken) {
            value.append(blanks);
        } else if (firstBreak.indexOf("\n") == 0) {
            value.append(moreBreaks.isEmpty() ? " " : moreBreaks);
        } else {
            value.append(firstBreak).append(moreBreaks);
        }
        broken = false;
        blanks.setLength(0);
        firstBreak.setLength(0);
        moreBreaks.setLength(0);
    }
}
