package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Expression.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads tokens into an [Expression]; names that nothing defines are refused here, before anything
/// runs. Precedence as in the jq manual: `|`, `,`, `//`, `or`, `and`, comparison, `+ -`, `* / %`.
final class Parser {
    private static final int NESTING_MAX = 200;
    private static final Expression IDENTITY = new Expression.Identity();
    private static final Set<String> ASSIGNMENTS =
            Set.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=", "?//");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private final Names names;
    private int at;
    private int nesting;

    private Parser(List<Token> tokens, Names names, int nesting) {
        this.tokens = tokens;
        this.names = names;
        this.nesting = nesting;
    }

    /// @throws RuleException saying where it is no expression
    static Expression parse(String text) throws RuleException {
        return new Parser(Lexer.tokens(text), new Names(), 0).all();
    }

    private Expression all() throws RuleException {
        Expression expression = pipe();
        if (peek().kind() != Token.Kind.END) {
            throw unexpected();
        }
        return expression;
    }

    private Expression pipe() throws RuleException {
        enter();
        int known = names.mark();
        try {
            if (eaten("def")) {
                return define();
            }
            if (eaten("label")) {
                String name = variable();
                names.label(name);
                need("|");
                return new Expression.Label(name, pipe());
            }
            Expression left = comma();
            if (eaten("as")) {
                Pattern pattern = pattern();
                need("|");
                return new Expression.Bind(left, pattern, pipe());
            }
            return eaten("|") ? new Expression.Pipe(left, pipe()) : left;
        } finally {
            names.reset(known);
            nesting--;
        }
    }

    private Expression define() throws RuleException {
        String name = next(Token.Kind.NAME).text();
        List<String> parameters = new ArrayList<>();
        if (eaten("(")) {
            do {
                boolean value = peek().kind() == Token.Kind.VARIABLE;
                parameters.add(value ? "$" + variable() : next(Token.Kind.NAME).text());
            } while (eaten(";"));
            need(")");
        }
        need(":");
        int outside = names.mark();
        names.function(name, parameters.size());
        names.parameters(parameters);
        Expression body = pipe();
        need(";");
        names.reset(outside);
        names.function(name, parameters.size());
        return new Expression.Define(name, List.copyOf(parameters), body, pipe());
    }

    private Expression comma() throws RuleException {
        Expression left = alternative();
        while (eaten(",")) {
            left = new Expression.Comma(left, alternative());
        }
        return left;
    }

    private Expression alternative() throws RuleException {
        Expression left = or();
        if (peek().kind() == Token.Kind.SIGN && ASSIGNMENTS.contains(peek().text())) {
            throw new RuleException("jq expression: ignore rules assign nothing: " + peek().text());
        }
        return eaten("//") ? new Expression.Alternative(left, alternative()) : left;
    }

    private Expression or() throws RuleException {
        Expression left = and();
        while (eaten("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() throws RuleException {
        Expression left = comparison();
        while (eaten("and")) {
            left = new Expression.And(left, comparison());
        }
        return left;
    }

    private Expression comparison() throws RuleException {
        Expression left = sum();
        if (peek().kind() == Token.Kind.SIGN && COMPARISONS.contains(peek().text())) {
            String operator = tokens.get(at++).text();
            return new Expression.Binary(operator, left, sum());
        }
        return left;
    }

    private Expression sum() throws RuleException {
        Expression left = product();
        while (peek().is("+") || peek().is("-")) {
            String operator = tokens.get(at++).text();
            left = new Expression.Binary(operator, left, product());
        }
        return left;
    }

    private Expression product() throws RuleException {
        Expression left = postfix();
        while (peek().is("*") || peek().is("/") || peek().is("%")) {
            String operator = tokens.get(at++).text();
            left = new Expression.Binary(operator, left, postfix());
        }
        return left;
    }

    private void enter() throws RuleException {
        if (++nesting > NESTING_MAX) {
            throw new RuleException("jq expression nests deeper than " + NESTING_MAX + " levels");
        }
    }

    private Expression postfix() throws RuleException {
        enter();
        Expression expression = eaten("-") ? new Expression.Negate(postfix()) : steps();
        nesting--;
        return expression;
    }

    private Expression steps() throws RuleException {
        Expression term = term();
        while (true) {
            if (peek().kind() == Token.Kind.FIELD) {
                term = new Expression.Index(term, text(tokens.get(at++).text()));
            } else if (peek().is(".") && tokens.get(at + 1).kind() == Token.Kind.TEXT) {
                at++;
                term = new Expression.Index(term, text(tokens.get(at++)));
            } else if (peek().is(".") && tokens.get(at + 1).is("[")) {
                at++;
            } else if (eaten("[")) {
                term = bracket(term);
            } else if (eaten("?")) {
                term = optional(term);
            } else {
                return term;
            }
        }
    }

    /// A `?` is about the last step only, and what stands in its brackets then looks at what the
    /// steps before it gave, as in gojq.
    private static Expression optional(Expression term) {
        return switch (term) {
            case Expression.Index(Expression target, Expression index) ->
                    last(target, new Expression.Index(IDENTITY, index));
            case Expression.Slice(Expression target, Expression from, Expression to) ->
                    last(target, new Expression.Slice(IDENTITY, from, to));
            case Expression.Iterate(Expression target) ->
                    last(target, new Expression.Iterate(IDENTITY));
            default -> new Expression.Try(term, null);
        };
    }

    private static Expression last(Expression target, Expression step) {
        Expression attempted = new Expression.Try(step, null);
        return target instanceof Expression.Identity
                ? attempted
                : new Expression.Pipe(target, attempted);
    }

    private Expression bracket(Expression target) throws RuleException {
        if (eaten("]")) {
            return new Expression.Iterate(target);
        }
        if (eaten(":")) {
            Expression to = pipe();
            need("]");
            return new Expression.Slice(target, null, to);
        }
        Expression first = pipe();
        if (!eaten(":")) {
            need("]");
            return new Expression.Index(target, first);
        }
        Expression to = peek().is("]") ? null : pipe();
        need("]");
        return new Expression.Slice(target, first, to);
    }

    private Expression term() throws RuleException {
        Token token = tokens.get(at);
        switch (token.kind()) {
            case FIELD -> {
                at++;
                return new Expression.Index(IDENTITY, text(token.text()));
            }
            case NUMBER -> {
                at++;
                return new Expression.Literal(Values.number(token.text()));
            }
            case TEXT -> {
                at++;
                return text(token);
            }
            case VARIABLE -> {
                at++;
                names.requireVariable(token.text());
                return new Expression.Variable(token.text());
            }
            case NAME -> {
                at++;
                return named(token);
            }
            case SIGN -> {
                at++;
                return sign(token);
            }
            case END -> throw unexpected();
        }
        throw unexpected();
    }

    private Expression sign(Token token) throws RuleException {
        switch (token.text()) {
            case "." -> {
                return peek().kind() == Token.Kind.TEXT
                        ? new Expression.Index(IDENTITY, text(tokens.get(at++)))
                        : IDENTITY;
            }
            case ".." -> {
                return new Expression.Call("recurse", List.of());
            }
            case "(" -> {
                Expression inner = pipe();
                need(")");
                return inner;
            }
            case "[" -> {
                Expression items = peek().is("]") ? null : pipe();
                need("]");
                return new Expression.ArrayOf(items);
            }
            case "{" -> {
                return object();
            }
            default -> {
                at--;
                throw unexpected();
            }
        }
    }

    private Expression named(Token token) throws RuleException {
        return switch (token.text()) {
            case "null" -> new Expression.Literal(NullNode.getInstance());
            case "true" -> new Expression.Literal(BooleanNode.TRUE);
            case "false" -> new Expression.Literal(BooleanNode.FALSE);
            case "if" -> condition();
            case "try" -> {
                Expression body = postfix();
                yield new Expression.Try(body, eaten("catch") ? postfix() : null);
            }
            case "reduce" -> loop(false);
            case "foreach" -> loop(true);
            case "break" -> {
                String name = variable();
                names.requireLabel(name);
                yield new Expression.Break(name);
            }
            default -> call(token.text());
        };
    }

    private Expression condition() throws RuleException {
        Expression condition = pipe();
        need("then");
        Expression then = pipe();
        if (eaten("elif")) {
            return new Expression.If(condition, then, condition());
        }
        Expression otherwise = eaten("else") ? pipe() : IDENTITY;
        need("end");
        return new Expression.If(condition, then, otherwise);
    }

    private Expression loop(boolean each) throws RuleException {
        Expression source = postfix();
        need("as");
        int known = names.mark();
        Pattern pattern = pattern();
        need("(");
        Expression start = pipe();
        need(";");
        Expression update = pipe();
        Expression extract = each && eaten(";") ? pipe() : IDENTITY;
        need(")");
        names.reset(known);
        Expression.Reduce loop = new Expression.Reduce(source, pattern, start, update);
        return each ? new Expression.Foreach(loop, extract) : loop;
    }

    private Expression call(String name) throws RuleException {
        List<Expression> arguments = new ArrayList<>();
        if (eaten("(")) {
            do {
                arguments.add(pipe());
            } while (eaten(";"));
            need(")");
        }
        names.requireFunction(name, arguments.size());
        return new Expression.Call(name, List.copyOf(arguments));
    }

    private Expression object() throws RuleException {
        List<Expression.Field> fields = new ArrayList<>();
        while (!eaten("}")) {
            if (!fields.isEmpty()) {
                need(",");
            }
            Token token = tokens.get(at);
            Expression key = key();
            if (eaten(":")) {
                fields.add(new Expression.Field(key, fieldValue()));
            } else if (token.kind() == Token.Kind.VARIABLE) {
                names.requireVariable(token.text());
                fields.add(new Expression.Field(key, new Expression.Variable(token.text())));
            } else {
                fields.add(new Expression.Field(key, new Expression.Index(IDENTITY, key)));
            }
        }
        return new Expression.ObjectOf(List.copyOf(fields));
    }

    private Expression fieldValue() throws RuleException {
        Expression value = alternative();
        return eaten("|") ? new Expression.Pipe(value, fieldValue()) : value;
    }

    private Expression key() throws RuleException {
        Token token = tokens.get(at);
        at++;
        return switch (token.kind()) {
            case NAME, VARIABLE, NUMBER -> text(token.text());
            case TEXT -> text(token);
            case SIGN, FIELD, END -> {
                if (!token.is("(")) {
                    at--;
                    throw unexpected();
                }
                Expression computed = pipe();
                need(")");
                yield computed;
            }
        };
    }

    private Pattern pattern() throws RuleException {
        if (peek().kind() == Token.Kind.VARIABLE) {
            String name = variable();
            names.variable(name);
            return new Pattern.Name(name);
        }
        if (eaten("[")) {
            List<Pattern> items = new ArrayList<>();
            do {
                items.add(pattern());
            } while (eaten(","));
            need("]");
            return new Pattern.Items(List.copyOf(items));
        }
        need("{");
        List<Expression.FieldPattern> fields = new ArrayList<>();
        do {
            boolean bound = peek().kind() == Token.Kind.VARIABLE;
            String name = bound ? peek().text() : null;
            Expression key = key();
            if (name != null) {
                names.variable(name);
            }
            Pattern inner = eaten(":") ? pattern() : null;
            fields.add(new Expression.FieldPattern(key, name, inner));
        } while (eaten(","));
        need("}");
        return new Pattern.Fields(List.copyOf(fields));
    }

    private Expression text(Token token) throws RuleException {
        if (token.parts().size() == 1) {
            return text(token.parts().getFirst().toString());
        }
        List<Expression> parts = new ArrayList<>();
        for (Object part : token.parts()) {
            if (part instanceof List<?> inner) {
                List<Token> words = inner.stream().map(Token.class::cast).toList();
                parts.add(new Parser(words, names, nesting).all());
            } else {
                parts.add(text(part.toString()));
            }
        }
        return new Expression.Joined(List.copyOf(parts));
    }

    private static Expression text(String text) {
        return new Expression.Literal(TextNode.valueOf(text));
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean eaten(String sign) {
        boolean there = peek().is(sign);
        at += there ? 1 : 0;
        return there;
    }

    private void need(String sign) throws RuleException {
        if (!eaten(sign)) {
            throw unexpected();
        }
    }

    private Token next(Token.Kind kind) throws RuleException {
        if (peek().kind() != kind) {
            throw unexpected();
        }
        return tokens.get(at++);
    }

    private String variable() throws RuleException {
        return next(Token.Kind.VARIABLE).text();
    }

    private RuleException unexpected() {
        Token token = peek();
        String what = token.kind() == Token.Kind.END ? "its end" : "'" + token.text() + "'";
        return new RuleException(
                "jq expression, character " + token.at() + ": unexpected " + what);
    }
}
