/// Real parts and fakes that tests share.
@NullMarked
package dev.driftledger.testkit;

import org.jspecify.annotations.NullMarked;
