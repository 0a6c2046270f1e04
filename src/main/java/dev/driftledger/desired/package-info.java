/// What git says. Commits of configured sources come in; rendered, redacted manifests of an
/// application at a revision go out as intake records, with the files that could not be read named.
/// It reads git's object database only: it never checks out, runs no hook, filter or plugin,
/// follows no link, writes to no repository but its own mirrors, and holds no verdict.
@NullMarked
package dev.driftledger.desired;

import org.jspecify.annotations.NullMarked;
