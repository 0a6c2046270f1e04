/// Tests of the HTTP side: views, pictures and pages without a server, and the service with real
/// parts.
@NullMarked
package dev.driftledger.web;

import org.jspecify.annotations.NullMarked;
