package dev.driftledger.drift.rules.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed jq expression.
sealed interface Expression {
    record Identity() implements Expression {}

    record Literal(JsonNode value) implements Expression {}

    /// Text with expressions in it.
    record Joined(List<Expression> parts) implements Expression {}

    record Index(Expression target, Expression index) implements Expression {}

    /// Null bounds are open.
    record Slice(Expression target, @Nullable Expression from, @Nullable Expression to)
            implements Expression {}

    record Iterate(Expression target) implements Expression {}

    /// Without a handler errors are dropped.
    record Try(Expression body, @Nullable Expression handler) implements Expression {}

    record Pipe(Expression left, Expression right) implements Expression {}

    record Comma(Expression left, Expression right) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record Negate(Expression operand) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /// `left // right`
    record Alternative(Expression left, Expression right) implements Expression {}

    record If(Expression condition, Expression then, Expression otherwise) implements Expression {}

    record Reduce(Expression source, Pattern pattern, Expression start, Expression update)
            implements Expression {}

    record Foreach(Reduce loop, Expression extract) implements Expression {}

    record Define(String name, List<String> parameters, Expression body, Expression rest)
            implements Expression {}

    record Call(String name, List<Expression> arguments) implements Expression {}

    record Variable(String name) implements Expression {}

    record Bind(Expression source, Pattern pattern, Expression body) implements Expression {}

    record Label(String name, Expression body) implements Expression {}

    record Break(String name) implements Expression {}

    record ArrayOf(@Nullable Expression items) implements Expression {}

    record ObjectOf(List<Field> fields) implements Expression {}

    /// One field of an object that is built.
    record Field(Expression key, Expression value) {}

    /// What a value is taken apart into.
    sealed interface Pattern {
        record Name(String name) implements Pattern {}

        record Items(List<Pattern> items) implements Pattern {}

        record Fields(List<FieldPattern> fields) implements Pattern {}
    }

    /// One field of what is taken apart.
    ///
    /// @param variable that gets the whole field; null when there is none
    /// @param inner how the field is taken apart; null when it is not
    record FieldPattern(Expression key, @Nullable String variable, @Nullable Pattern inner) {}
}
