@NullMarked
package dev.driftledger.sandbox;

import org.jspecify.annotations.NullMarked;
