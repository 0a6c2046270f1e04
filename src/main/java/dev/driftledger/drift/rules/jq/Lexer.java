package dev.driftledger.drift.rules.jq;

import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens.
final class Lexer {
    private static final int NESTING_MAX = 20;
    private static final List<String> SIGNS =
            List.of(
                    "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//", "..",
                    "?", "|", ",", "(", ")", "[", "]", "{", "}", ":", ";", "=", "<", ">", "+", "-",
                    "*", "/", "%", ".", "@");

    private final String text;
    private int at;
    private int nesting;

    private Lexer(String text) {
        this.text = text;
    }

    /// All tokens, the end last.
    ///
    /// @throws RuleException saying where it cannot be read
    static List<Token> tokens(String text) throws RuleException {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = lexer.until('\0');
        if (lexer.at < text.length()) {
            throw lexer.unreadable("a ) without its (");
        }
        return tokens;
    }

    /// Tokens up to the closing sign, which is eaten, or up to the end of the text.
    private List<Token> until(char end) throws RuleException {
        List<Token> tokens = new ArrayList<>();
        int open = 0;
        while (true) {
            skipSpace();
            if (at >= text.length()) {
                if (end != '\0') {
                    throw unreadable("\\( without its )");
                }
                tokens.add(Token.of(Token.Kind.END, "", at));
                return tokens;
            }
            char c = text.charAt(at);
            if (c == ')' && open == 0 && end == ')') {
                tokens.add(Token.of(Token.Kind.END, "", at++));
                return tokens;
            }
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            tokens.add(next(c));
        }
    }

    private Token next(char c) throws RuleException {
        int from = at;
        char after = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        if (c == '.' && isNameStart(after)) {
            at++;
            return Token.of(Token.Kind.FIELD, name(), from);
        }
        if (isDigit(c) || (c == '.' && isDigit(after))) {
            return number();
        }
        if (c == '"') {
            return quoted();
        }
        if (c == '$' && isNameStart(after)) {
            at++;
            return Token.of(Token.Kind.VARIABLE, name(), from);
        }
        if (isNameStart(c)) {
            return Token.of(Token.Kind.NAME, name(), from);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return Token.of(Token.Kind.SIGN, sign, from);
            }
        }
        throw unreadable("unexpected '" + c + "'");
    }

    private void skipSpace() throws RuleException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = text.indexOf('\n', at);
                if (at < 0) {
                    at = text.length();
                    throw unreadable("a comment takes the ) of del() with it");
                }
            } else if (" \t\r\n".indexOf(c) >= 0) {
                at++;
            } else {
                return;
            }
        }
    }

    private String name() {
        int from = at;
        while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        return text.substring(from, at);
    }

    private Token number() throws RuleException {
        int from = at;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        String number = text.substring(from, at);
        try {
            Double.parseDouble(number);
            return Token.of(Token.Kind.NUMBER, number, from);
        } catch (NumberFormatException _) {
            throw unreadable("'" + number + "' is no number");
        }
    }

    private Token quoted() throws RuleException {
        int from = at++;
        List<Object> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                plain.append(c);
            } else if (at < text.length() && text.charAt(at) == '(') {
                at++;
                if (++nesting > NESTING_MAX) {
                    throw unreadable("\\( nests deeper than " + NESTING_MAX);
                }
                parts.add(plain.toString());
                plain.setLength(0);
                parts.add(until(')'));
                nesting--;
            } else {
                plain.append(escaped());
            }
        }
        if (at >= text.length()) {
            throw unreadable("text without its closing quote");
        }
        at++;
        parts.add(plain.toString());
        return new Token(Token.Kind.TEXT, "", List.copyOf(parts), from);
    }

    private char escaped() throws RuleException {
        char c = at < text.length() ? text.charAt(at++) : '\0';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                try {
                    char code = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                    yield code;
                } catch (NumberFormatException | StringIndexOutOfBoundsException _) {
                    throw unreadable("\\u needs four hexadecimal digits");
                }
            }
            default -> throw unreadable("unknown escape \\" + c);
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private RuleException unreadable(String what) {
        return new RuleException("jq expression, character " + at + ": " + what);
    }
}
