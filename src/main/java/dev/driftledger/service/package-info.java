/// Wires the arrows: intake records come in, are decided, stored, signed and published, and the
/// watches and renderers of our clusters run here. It decides nothing about evidence itself.
@NullMarked
package dev.driftledger.service;

import org.jspecify.annotations.NullMarked;
