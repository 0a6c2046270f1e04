/// Side effects: what the platform made up for a resource that no manifest names. A live object
/// comes in, its side effects go out, each with a name and a value; comparing two of these lists
/// tells what appeared, changed and went. It judges nothing and probes nothing.
@NullMarked
package dev.driftledger.effect;

import org.jspecify.annotations.NullMarked;
