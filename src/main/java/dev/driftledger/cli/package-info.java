/// The commands of `driftledger`. Arguments come in; text, files and an exit code go out. Commands
/// only wire the other packages together and print; they decide nothing about evidence.
@NullMarked
package dev.driftledger.cli;

import org.jspecify.annotations.NullMarked;
