package dev.driftledger.desired.yaml;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.Token;

/// A scanner that skips a tab between tokens where libyaml does: not in indentation and not after
/// `-` or `?`, but after `key:`, a tag or an anchor.
final class TabbedScanner implements Scanner {
    private final StreamReader reader;
    private final ScannerImpl scanner;
    private final int[] text;

    TabbedScanner(int[] text, StreamReader reader, LoaderOptions options) {
        this.text = text;
        this.reader = reader;
        this.scanner = new ScannerImpl(reader, options);
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        while (true) {
            try {
                return scanner.checkToken(choices);
            } catch (ScannerException e) {
                skipTab(e);
            }
        }
    }

    @Override
    public Token peekToken() {
        while (true) {
            try {
                return scanner.peekToken();
            } catch (ScannerException e) {
                skipTab(e);
            }
        }
    }

    @Override
    public Token getToken() {
        return scanner.getToken();
    }

    @Override
    public void resetDocumentIndex() {
        scanner.resetDocumentIndex();
    }

    private void skipTab(ScannerException problem) {
        if (reader.peek() != '\t' || !maySkip(reader.getIndex())) {
            throw problem;
        }
        while (reader.peek() == '\t' || reader.peek() == ' ') {
            reader.forward();
        }
    }

    private boolean maySkip(int tab) {
        int before = tab - 1;
        while (before >= 0 && (text[before] == ' ' || text[before] == '\t')) {
            before--;
        }
        int after = tab;
        while (after < text.length && (text[after] == ' ' || text[after] == '\t')) {
            after++;
        }
        boolean blankToTheEnd = after == text.length || text[after] == '\n';
        boolean first = before < 0 || text[before] == '\n';
        if (first) {
            boolean indented = before < tab - 1;
            while (before >= 0 && Character.isWhitespace(text[before])) {
                before--;
            }
            return blankToTheEnd && indented && before >= 0 && ":-?|>".indexOf(text[before]) < 0;
        }
        boolean alone = before == 0 || text[before - 1] == '\n' || text[before - 1] == ' ';
        return !(alone && (text[before] == '-' || text[before] == '?' || text[before] == ':'));
    }
}
