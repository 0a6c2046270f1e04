package dev.driftledger.desired.yaml;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.tokens.BlockEndToken;
import org.yaml.snakeyaml.tokens.BlockEntryToken;
import org.yaml.snakeyaml.tokens.BlockMappingStartToken;
import org.yaml.snakeyaml.tokens.BlockSequenceStartToken;
import org.yaml.snakeyaml.tokens.DocumentEndToken;
import org.yaml.snakeyaml.tokens.DocumentStartToken;
import org.yaml.snakeyaml.tokens.FlowEntryToken;
import org.yaml.snakeyaml.tokens.FlowMappingEndToken;
import org.yaml.snakeyaml.tokens.FlowMappingStartToken;
import org.yaml.snakeyaml.tokens.FlowSequenceEndToken;
import org.yaml.snakeyaml.tokens.FlowSequenceStartToken;
import org.yaml.snakeyaml.tokens.KeyToken;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.StreamEndToken;
import org.yaml.snakeyaml.tokens.StreamStartToken;
import org.yaml.snakeyaml.tokens.Token;
import org.yaml.snakeyaml.tokens.ValueToken;

/// Cuts a text into the tokens that `go.yaml.in/yaml/v2` cuts it into, which is YAML 1.1 as Go's
/// descendants of libyaml see it: with their places for tabs, their simple keys and their errors.
///
/// A key needs no mark before it, so a token that may begin one is held back until its colon came,
/// its line ended or 1,024 characters passed. Mistakes are [ScanException]s.
final class TokenScanner implements Scanner {
    private static final int LEVELS_MAX = 10_000;
    private static final String NO_PLAIN_START = "-?:,[]{}#&*!|>'\"%@`";

    /// Tokens that end a value, behind which no other can begin. The parser would take it for the
    /// value of a key.
    private static final Set<Token.ID> ENDS =
            EnumSet.of(
                    Token.ID.Scalar,
                    Token.ID.Alias,
                    Token.ID.FlowSequenceEnd,
                    Token.ID.FlowMappingEnd,
                    Token.ID.BlockEnd);

    private final Cursor cursor;
    private final PropertyScanner properties;
    private final List<Token> tokens = new ArrayList<>();
    private final PossibleKeys keys;
    private final List<Integer> indents = new ArrayList<>();
    private int takenCount;
    private int indent = -1;
    private boolean keyAllowed = true;
    private boolean available;
    private boolean directed;
    private Token.@Nullable ID last;

    TokenScanner(int[] text) {
        this.cursor = new Cursor(text);
        this.properties = new PropertyScanner(cursor);
        this.keys = new PossibleKeys(cursor);
        Mark start = cursor.mark();
        tokens.add(new StreamStartToken(start, start));
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        Token next = peekToken();
        for (Token.ID choice : choices) {
            if (next.getTokenId() == choice) {
                return true;
            }
        }
        return choices.length == 0;
    }

    @Override
    public Token peekToken() {
        if (!available) {
            fetch();
            available = true;
        }
        return tokens.getFirst();
    }

    @Override
    public Token getToken() {
        Token next = peekToken();
        if (next.getTokenId() == Token.ID.Scalar && last != null && ENDS.contains(last)) {
            throw new ScanException(next.getStartMark().getLine(), "a comma or colon is missing");
        }
        tokens.removeFirst();
        takenCount++;
        available = false;
        last = next.getTokenId();
        return next;
    }

    /// Whether there were directives, behind which a document must come.
    boolean isDirected() {
        return directed;
    }

    @Override
    public void resetDocumentIndex() {
        // nothing counts documents here
    }

    /// Whether the last `%YAML` directive, if there was any, named version 1.1.
    boolean isVersionKnown() {
        return properties.isVersionKnown();
    }

    private void fetch() {
        while (tokens.isEmpty() || keys.isPossible(takenCount)) {
            fetchNext();
        }
    }

    private void fetchNext() {
        skipToNext();
        unroll(cursor.column());
        int c = cursor.peek();
        if (cursor.atEnd()) {
            fetchStreamEnd();
        } else if (cursor.column() == 0 && c == '%') {
            closeBlocks();
            tokens.add(properties.scanDirective());
            directed = true;
        } else if (cursor.atDocumentIndicator()) {
            fetchDocumentIndicator(c);
        } else if (!fetchFlow(c) && !fetchBlock(c) && !fetchScalar(c)) {
            throw new ScanException(cursor.line(), "a character that cannot begin anything");
        }
    }

    /// Tabs count as space in brackets, and where no key may begin.
    private void skipToNext() {
        while (true) {
            while (cursor.at(' ') || (cursor.at('\t') && (inFlow() || !keyAllowed))) {
                cursor.skip();
            }
            cursor.skipComment();
            if (!cursor.atBreak()) {
                return;
            }
            cursor.skipBreak();
            keyAllowed |= !inFlow();
        }
    }

    private boolean inFlow() {
        return keys.depth() > 0;
    }

    private void fetchStreamEnd() {
        cursor.forceNewLine();
        closeBlocks();
        tokens.add(new StreamEndToken(cursor.mark(), cursor.mark()));
    }

    private void fetchDocumentIndicator(int c) {
        closeBlocks();
        Mark start = cursor.mark();
        cursor.skip(3);
        tokens.add(
                c == '-'
                        ? new DocumentStartToken(start, cursor.mark())
                        : new DocumentEndToken(start, cursor.mark()));
    }

    private void closeBlocks() {
        unroll(-1);
        keys.forget();
        keyAllowed = false;
    }

    private boolean fetchFlow(int c) {
        switch (c) {
            case '[', '{' -> fetchFlowStart(c);
            case ']', '}' -> fetchFlowEnd(c);
            case ',' -> {
                keys.forget();
                keyAllowed = true;
                Mark start = skipped();
                tokens.add(new FlowEntryToken(start, cursor.mark()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void fetchFlowStart(int c) {
        saveKey();
        keys.descend(takenCount + tokens.size());
        requireLevels(keys.depth());
        keyAllowed = true;
        Mark start = skipped();
        tokens.add(
                c == '['
                        ? new FlowSequenceStartToken(start, cursor.mark())
                        : new FlowMappingStartToken(start, cursor.mark()));
    }

    private void fetchFlowEnd(int c) {
        keys.forget();
        keys.ascend();
        keyAllowed = false;
        Mark start = skipped();
        tokens.add(
                c == ']'
                        ? new FlowSequenceEndToken(start, cursor.mark())
                        : new FlowMappingEndToken(start, cursor.mark()));
    }

    private boolean fetchBlock(int c) {
        boolean alone = Cursor.isBlankOrEnd(cursor.peek(1));
        if (c == '-' && alone) {
            fetchEntry();
        } else if (c == '?' && (alone || inFlow())) {
            fetchKey();
        } else if (c == ':' && (alone || inFlow())) {
            fetchValue();
        } else {
            return false;
        }
        return true;
    }

    private void fetchEntry() {
        if (!inFlow()) {
            requireKeyAllowed("an entry of a list cannot stand here");
            Mark mark = cursor.mark();
            if (roll(cursor.column())) {
                tokens.add(new BlockSequenceStartToken(mark, mark));
            }
        }
        keys.forget();
        keyAllowed = true;
        Mark start = skipped();
        tokens.add(new BlockEntryToken(start, cursor.mark()));
    }

    private void fetchKey() {
        startMapping("a key cannot stand here");
        keys.forget();
        keyAllowed = !inFlow();
        Mark start = skipped();
        tokens.add(new KeyToken(start, cursor.mark()));
    }

    private void fetchValue() {
        PossibleKeys.Key key = keys.take();
        if (key != null) {
            insert(key.number(), new KeyToken(key.mark(), key.mark()));
            if (!inFlow() && roll(key.mark().getColumn())) {
                insert(key.number(), new BlockMappingStartToken(key.mark(), key.mark()));
            }
            keyAllowed = false;
        } else {
            startMapping("a value cannot stand here");
            keyAllowed = !inFlow();
        }
        Mark start = skipped();
        tokens.add(new ValueToken(start, cursor.mark()));
    }

    /// In front of the token with that number; behind all when it was taken already.
    private void insert(int number, Token token) {
        int place = number - takenCount;
        tokens.add(place < 0 ? tokens.size() : place, token);
    }

    private void startMapping(String problem) {
        if (!inFlow()) {
            requireKeyAllowed(problem);
            Mark mark = cursor.mark();
            if (roll(cursor.column())) {
                tokens.add(new BlockMappingStartToken(mark, mark));
            }
        }
    }

    private void requireKeyAllowed(String problem) {
        if (!keyAllowed) {
            throw new ScanException(cursor.line(), problem);
        }
    }

    private boolean fetchScalar(int c) {
        if (c == '*' || c == '&') {
            saveKey();
            keyAllowed = false;
            tokens.add(properties.scanAnchor());
        } else if (c == '!') {
            saveKey();
            keyAllowed = false;
            tokens.add(properties.scanTag());
        } else if ((c == '|' || c == '>') && !inFlow()) {
            keys.forget();
            keyAllowed = true;
            tokens.add(new BlockScalarScanner(cursor, indent).scan());
        } else if (c == '\'' || c == '"') {
            saveKey();
            keyAllowed = false;
            tokens.add(new FlowScalarScanner(cursor).scanQuoted());
        } else if (startsPlain(c)) {
            saveKey();
            keyAllowed = false;
            FlowScalarScanner plain = new FlowScalarScanner(cursor);
            ScalarToken token = plain.scanPlain(indent, inFlow());
            tokens.add(token);
            keyAllowed |= plain.endedLine();
        } else {
            return false;
        }
        return true;
    }

    private boolean startsPlain(int c) {
        int next = cursor.peek(1);
        boolean mark = c == '?' || c == ':';
        return (!Cursor.isBlankOrEnd(c) && NO_PLAIN_START.indexOf(c) < 0)
                || (c == '-' && !Cursor.isBlank(next))
                || (mark && !inFlow() && !Cursor.isBlankOrEnd(next));
    }

    private Mark skipped() {
        Mark start = cursor.mark();
        cursor.skip();
        return start;
    }

    private void saveKey() {
        if (keyAllowed) {
            boolean required = !inFlow() && indent == cursor.column();
            keys.save(takenCount + tokens.size(), required);
        }
    }

    /// Opens a block that is indented deeper than the one around it.
    private boolean roll(int column) {
        if (indent >= column) {
            return false;
        }
        indents.add(indent);
        indent = column;
        requireLevels(indents.size());
        return true;
    }

    /// Closes the blocks that are indented deeper than a column.
    private void unroll(int column) {
        while (!inFlow() && indent > column) {
            tokens.add(new BlockEndToken(cursor.mark(), cursor.mark()));
            indent = indents.removeLast();
        }
    }

    private void requireLevels(int count) {
        if (count > LEVELS_MAX) {
            throw new ScanException(cursor.line(), "nests deeper than " + LEVELS_MAX + " levels");
        }
    }
}
