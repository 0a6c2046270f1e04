package dev.driftledger.desired.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.tokens.ScalarToken;

/// Scans one literal (`|`) or folded (`>`) scalar.
final class BlockScalarScanner {
    private final Cursor cursor;
    private final int parentIndent;
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder lastBreak = new StringBuilder();
    private final StringBuilder emptyLines = new StringBuilder();
    private int startLine;
    private int chomping;
    private int indent;
    private Mark end;

    /// @param parentIndent of the block around it, -1 at the top
    BlockScalarScanner(Cursor cursor, int parentIndent) {
        this.cursor = cursor;
        this.parentIndent = parentIndent;
        this.end = cursor.mark();
    }

    ScalarToken scan() {
        Mark start = cursor.mark();
        startLine = start.getLine();
        boolean folded = cursor.at('>');
        cursor.skip();
        scanHeader();
        scanEmptyLines();
        boolean afterBlank = false;
        while (cursor.column() == indent && !cursor.atEnd()) {
            boolean blank = cursor.atBlank();
            addBreaks(folded && !afterBlank && !blank);
            afterBlank = blank;
            while (!cursor.atBreakOrEnd()) {
                cursor.read(value);
            }
            cursor.readBreak(lastBreak);
            scanEmptyLines();
        }
        if (chomping >= 0) {
            value.append(lastBreak);
        }
        if (chomping > 0) {
            value.append(emptyLines);
        }
        ScalarStyle style = folded ? ScalarStyle.FOLDED : ScalarStyle.LITERAL;
        return new ScalarToken(value.toString(), false, start, end, style);
    }

    /// `+` or `-` and a digit, in any order, then nothing but a comment, which needs no space.
    private void scanHeader() {
        boolean chomps = scanChomping();
        boolean indents = scanIndentation();
        if (indents && !chomps) {
            scanChomping();
        }
        cursor.skipBlanks();
        cursor.skipComment();
        if (!cursor.atBreakOrEnd()) {
            throw new ScanException(startLine, "only a comment may follow | or > on its line");
        }
        cursor.skipBreak();
    }

    private boolean scanChomping() {
        if (!cursor.at('+') && !cursor.at('-')) {
            return false;
        }
        chomping = cursor.at('+') ? 1 : -1;
        cursor.skip();
        return true;
    }

    private boolean scanIndentation() {
        if (!cursor.atDigit()) {
            return false;
        }
        if (cursor.at('0')) {
            throw new ScanException(startLine, "indentation of a block must not be 0");
        }
        indent = Math.max(parentIndent, 0) + cursor.peek() - '0';
        cursor.skip();
        return true;
    }

    private void addBreaks(boolean mayFold) {
        if (mayFold && lastBreak.indexOf("\n") == 0) {
            if (emptyLines.isEmpty()) {
                value.append(' ');
            }
        } else {
            value.append(lastBreak);
        }
        value.append(emptyLines);
        lastBreak.setLength(0);
        emptyLines.setLength(0);
    }

    /// Skips indentation and empty lines; where no digit told the indentation, the deepest of them
    /// does.
    private void scanEmptyLines() {
        end = cursor.mark();
        int deepest = 0;
        while (true) {
            while ((indent == 0 || cursor.column() < indent) && cursor.at(' ')) {
                cursor.skip();
            }
            deepest = Math.max(deepest, cursor.column());
            if ((indent == 0 || cursor.column() < indent) && cursor.at('\t')) {
                throw new ScanException(
                        startLine, "a block has a tab where indentation is expected");
            }
            if (!cursor.atBreak()) {
                break;
            }
            cursor.readBreak(emptyLines);
            end = cursor.mark();
        }
        if (indent == 0) {
            indent = Math.max(Math.max(deepest, parentIndent + 1), 1);
        }
    }
}
