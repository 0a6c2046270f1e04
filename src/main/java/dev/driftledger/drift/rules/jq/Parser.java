package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.jq.Expression.Pattern;
import java.util.ArrayList;
import java.util.List;

/// Reads tokens into an [Expression]; names that nothing defines are refused here, before anything
/// runs. Precedence as in the jq manual: `|`, `,`, `//`, `or`, `and`, comparison, `+ -`, `* / %`.
final class Parser {
    private static final int NESTING_MAX = 200;
    private static final Expression IDENTITY = new Expression.Identity();

    private final Words words;
    private final Names names;
    private int nesting;

    private Parser(List<Token> tokens, Names names, int nesting) {
        this.words = new Words(tokens);
        this.names = names;
        this.nesting = nesting;
    }

    /// @throws RuleException saying where it is no expression
    static Expression parse(String text) throws RuleException {
        return new Parser(Lexer.tokens(text), new Names(), 0).all();
    }

    private Expression all() throws RuleException {
        Expression expression = pipe();
        if (words.peek().kind() != Token.Kind.END) {
            throw Words.unexpected(words.peek());
        }
        return expression;
    }

    private Expression pipe() throws RuleException {
        enter();
        int known = names.mark();
        try {
            Expression left = comma();
            return words.eaten("|") ? new Expression.Pipe(left, pipe()) : left;
        } finally {
            names.reset(known);
            nesting--;
        }
    }

    private Expression define() throws RuleException {
        String name = words.next(Token.Kind.NAME).text();
        List<String> parameters = words.parameters();
        words.need(":");
        int outside = names.mark();
        names.function(name, parameters.size());
        names.parameters(parameters);
        Expression body = pipe();
        words.need(";");
        names.reset(outside);
        names.function(name, parameters.size());
        return new Expression.Define(name, parameters, body, pipe());
    }

    private Expression comma() throws RuleException {
        Expression left = bound();
        while (words.eaten(",")) {
            left = new Expression.Comma(left, bound());
        }
        return left;
    }

    /// What binds names binds them for all that follows, up to the end of the pipe.
    private Expression bound() throws RuleException {
        if (words.eaten("def")) {
            return define();
        }
        if (words.eaten("label")) {
            String name = words.variable();
            names.label(name);
            words.need("|");
            return new Expression.Label(name, pipe());
        }
        Expression source = alternative();
        if (!words.eaten("as")) {
            return source;
        }
        Pattern pattern = pattern();
        words.need("|");
        return new Expression.Bind(source, pattern, pipe());
    }

    private Expression alternative() throws RuleException {
        Expression left = or();
        if (words.peek().assigns()) {
            throw new RuleException(
                    "jq expression: ignore rules assign nothing: " + words.peek().text());
        }
        return words.eaten("//") ? new Expression.Alternative(left, alternative()) : left;
    }

    private Expression or() throws RuleException {
        Expression left = and();
        while (words.eaten("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() throws RuleException {
        Expression left = comparison();
        while (words.eaten("and")) {
            left = new Expression.And(left, comparison());
        }
        return left;
    }

    private Expression comparison() throws RuleException {
        Expression left = sum();
        if (words.peek().compares()) {
            String operator = words.take().text();
            return new Expression.Binary(operator, left, sum());
        }
        return left;
    }

    private Expression sum() throws RuleException {
        Expression left = product();
        while (words.peek().is("+") || words.peek().is("-")) {
            String operator = words.take().text();
            left = new Expression.Binary(operator, left, product());
        }
        return left;
    }

    private Expression product() throws RuleException {
        Expression left = postfix();
        while (words.peek().is("*") || words.peek().is("/") || words.peek().is("%")) {
            String operator = words.take().text();
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
        boolean plus = words.eaten("+");
        boolean minus = !plus && words.eaten("-");
        Expression expression = plus || minus ? new Expression.Negate(postfix()) : steps();
        nesting--;
        return plus ? new Expression.Negate(expression) : expression;
    }

    private Expression steps() throws RuleException {
        Expression term = term();
        while (true) {
            if (words.peek().kind() == Token.Kind.FIELD) {
                term = new Expression.Index(term, text(words.take().text()));
            } else if (words.peek().is(".") && words.second().kind() == Token.Kind.TEXT) {
                words.take();
                term = new Expression.Index(term, text(words.take()));
            } else if (words.peek().is(".") && words.second().is("[")) {
                words.take();
            } else if (words.eaten("[")) {
                term = bracket(term);
            } else if (words.eaten("?")) {
                term = PathSteps.optional(term);
            } else {
                return term;
            }
        }
    }

    private Expression bracket(Expression target) throws RuleException {
        if (words.eaten("]")) {
            return new Expression.Iterate(target);
        }
        if (words.eaten(":")) {
            Expression to = pipe();
            words.need("]");
            return new Expression.Slice(target, null, to);
        }
        Expression first = pipe();
        if (!words.eaten(":")) {
            words.need("]");
            return new Expression.Index(target, first);
        }
        Expression to = words.peek().is("]") ? null : pipe();
        words.need("]");
        return new Expression.Slice(target, first, to);
    }

    private Expression term() throws RuleException {
        Token token = words.take();
        return switch (token.kind()) {
            case FIELD -> new Expression.Index(IDENTITY, text(token.text()));
            case NUMBER -> new Expression.Literal(Values.number(token.text()));
            case TEXT -> text(token);
            case VARIABLE -> {
                names.requireVariable(token.text());
                yield new Expression.Variable(token.text());
            }
            case NAME -> named(token);
            case SIGN -> sign(token);
            case END -> throw Words.unexpected(token);
        };
    }

    private Expression sign(Token token) throws RuleException {
        return switch (token.text()) {
            case "." ->
                    words.peek().kind() == Token.Kind.TEXT
                            ? new Expression.Index(IDENTITY, text(words.take()))
                            : IDENTITY;
            case ".." -> new Expression.Call("recurse", List.of());
            case "(" -> {
                Expression inner = pipe();
                words.need(")");
                yield inner;
            }
            case "[" -> {
                Expression items = words.peek().is("]") ? null : pipe();
                words.need("]");
                yield new Expression.ArrayOf(items);
            }
            case "{" -> object();
            default -> throw Words.unexpected(token);
        };
    }

    private Expression named(Token token) throws RuleException {
        return switch (token.text()) {
            case "null" -> new Expression.Literal(NullNode.getInstance());
            case "true" -> new Expression.Literal(BooleanNode.TRUE);
            case "false" -> new Expression.Literal(BooleanNode.FALSE);
            case "if" -> condition();
            case "try" -> {
                Expression body = postfix();
                yield new Expression.Try(body, words.eaten("catch") ? postfix() : null);
            }
            case "reduce" -> loop(false);
            case "foreach" -> loop(true);
            case "break" -> {
                String name = words.variable();
                names.requireLabel(name);
                yield new Expression.Break(name);
            }
            default -> call(token.text());
        };
    }

    private Expression condition() throws RuleException {
        Expression condition = pipe();
        words.need("then");
        Expression then = pipe();
        if (words.eaten("elif")) {
            return new Expression.If(condition, then, condition());
        }
        Expression otherwise = words.eaten("else") ? pipe() : IDENTITY;
        words.need("end");
        return new Expression.If(condition, then, otherwise);
    }

    private Expression loop(boolean each) throws RuleException {
        Expression source = alternative();
        words.need("as");
        int known = names.mark();
        Pattern pattern = pattern();
        words.need("(");
        Expression start = pipe();
        words.need(";");
        Expression update = pipe();
        Expression extract = each && words.eaten(";") ? pipe() : IDENTITY;
        words.need(")");
        names.reset(known);
        Expression.Reduce loop = new Expression.Reduce(source, pattern, start, update);
        return each ? new Expression.Foreach(loop, extract) : loop;
    }

    private Expression call(String name) throws RuleException {
        List<Expression> arguments = new ArrayList<>();
        if (words.eaten("(")) {
            do {
                arguments.add(pipe());
            } while (words.eaten(";"));
            words.need(")");
        }
        names.requireFunction(name, arguments.size());
        return new Expression.Call(name, List.copyOf(arguments));
    }

    private Expression object() throws RuleException {
        List<Expression.Field> fields = new ArrayList<>();
        while (!words.eaten("}")) {
            fields.add(field());
            if (!words.peek().is("}")) {
                words.need(",");
            }
        }
        return new Expression.ObjectOf(List.copyOf(fields));
    }

    private Expression.Field field() throws RuleException {
        Token token = words.peek();
        Expression key = key();
        boolean variable = token.kind() == Token.Kind.VARIABLE;
        if (variable) {
            names.requireVariable(token.text());
        }
        Expression named = variable ? new Expression.Variable(token.text()) : key;
        if (token.is("(")) {
            words.need(":");
            return new Expression.Field(key, fieldValue());
        }
        if (words.eaten(":")) {
            return new Expression.Field(named, fieldValue());
        }
        return new Expression.Field(key, variable ? named : new Expression.Index(IDENTITY, key));
    }

    private Expression fieldValue() throws RuleException {
        Expression value = alternative();
        return words.eaten("|") ? new Expression.Pipe(value, fieldValue()) : value;
    }

    private Expression key() throws RuleException {
        Token token = words.take();
        return switch (token.kind()) {
            case NAME, VARIABLE -> text(token.text());
            case TEXT -> text(token);
            case SIGN, FIELD, NUMBER, END -> {
                if (!token.is("(")) {
                    throw Words.unexpected(token);
                }
                Expression computed = pipe();
                words.need(")");
                yield computed;
            }
        };
    }

    private Pattern pattern() throws RuleException {
        if (words.peek().kind() == Token.Kind.VARIABLE) {
            String name = words.variable();
            names.variable(name);
            return new Pattern.Name(name);
        }
        if (words.eaten("[")) {
            List<Pattern> items = new ArrayList<>();
            do {
                items.add(pattern());
            } while (words.eaten(","));
            words.need("]");
            return new Pattern.Items(List.copyOf(items));
        }
        words.need("{");
        List<Expression.FieldPattern> fields = new ArrayList<>();
        do {
            boolean bound = words.peek().kind() == Token.Kind.VARIABLE;
            String name = bound ? words.peek().text() : null;
            Expression key = key();
            if (name != null) {
                names.variable(name);
            }
            Pattern inner = words.eaten(":") ? pattern() : null;
            fields.add(new Expression.FieldPattern(key, name, inner));
        } while (words.eaten(","));
        words.need("}");
        return new Pattern.Fields(List.copyOf(fields));
    }

    private Expression text(Token token) throws RuleException {
        if (token.parts().size() == 1) {
            return text(token.parts().getFirst().toString());
        }
        List<Expression> parts = new ArrayList<>();
        for (Object part : token.parts()) {
            if (part instanceof List<?> inner) {
                List<Token> tokens = inner.stream().map(Token.class::cast).toList();
                parts.add(new Parser(tokens, names, nesting).all());
            } else {
                parts.add(text(part.toString()));
            }
        }
        return new Expression.Joined(List.copyOf(parts));
    }

    private static Expression text(String text) {
        return new Expression.Literal(TextNode.valueOf(text));
    }
}
