/// What people asked not to be told. The rules of Argo CD, of Flux and of our own come in as the
/// documents in which they were written; a compiled [RuleSet] goes out, which says for one object
/// which parts of it each rule takes away. It never decides a verdict, never reads a clock, never
/// runs without a limit, and never throws for anything that a document says.
@NullMarked
package dev.driftledger.drift.rules;

import org.jspecify.annotations.NullMarked;
