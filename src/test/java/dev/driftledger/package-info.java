@NullMarked
package dev.driftledger;

import org.jspecify.annotations.NullMarked;
