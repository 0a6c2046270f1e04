package dev.driftledger.drift.rules.jq;

/// The steps of a path.
final class PathSteps {
    private static final Expression IDENTITY = new Expression.Identity();

    private PathSteps() {}

    /// A `?` is about the last step only, and what stands in its brackets then looks at what the
    /// steps before it gave, as in gojq.
    static Expression optional(Expression term) {
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
}
