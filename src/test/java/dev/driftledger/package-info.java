/// Rules that hold for the whole tree: which package may import which, and how sources look.
@NullMarked
package dev.driftledger;

import org.jspecify.annotations.NullMarked;
