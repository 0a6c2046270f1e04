package dev.driftledger.drift.rules.jq;

import dev.driftledger.drift.rules.RuleException;
import java.util.ArrayList;
import java.util.List;

/// The tokens of an expression, read one after the other.
final class Words {
    private final List<Token> tokens;
    private int at;

    Words(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /// The one after the next; the end stays the end.
    Token second() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /// The next one, which is read with this; the end is never passed.
    Token take() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /// Reads a sign or keyword if it comes next.
    boolean eaten(String sign) {
        boolean there = peek().is(sign);
        if (there) {
            take();
        }
        return there;
    }

    void need(String sign) throws RuleException {
        if (!eaten(sign)) {
            throw unexpected(peek());
        }
    }

    Token next(Token.Kind kind) throws RuleException {
        if (peek().kind() != kind) {
            throw unexpected(peek());
        }
        return take();
    }

    /// The name of a variable, without its `$`.
    String variable() throws RuleException {
        return next(Token.Kind.VARIABLE).text();
    }

    /// What a function takes, values with their `$`; none when there is no `(`.
    List<String> parameters() throws RuleException {
        if (!eaten("(")) {
            return List.of();
        }
        List<String> parameters = new ArrayList<>();
        do {
            boolean value = peek().kind() == Token.Kind.VARIABLE;
            parameters.add(value ? "$" + variable() : next(Token.Kind.NAME).text());
        } while (eaten(";"));
        need(")");
        return List.copyOf(parameters);
    }

    static RuleException unexpected(Token token) {
        String what =
                switch (token.kind()) {
                    case END -> "end";
                    case TEXT -> "text";
                    case FIELD, VARIABLE, NAME, NUMBER, SIGN -> "'" + token.text() + "'";
                };
        return new RuleException("jq expression, character " + token.at() + ": unexpected " + what);
    }
}
