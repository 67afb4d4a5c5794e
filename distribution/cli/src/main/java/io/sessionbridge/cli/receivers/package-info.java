/**
 * Real receivers of events on this machine, which can be made unreachable and report their
 * arrivals. Used by the demo and by the end-to-end tests; independent of the agent's delivery code.
 */
@NullMarked
package io.sessionbridge.cli.receivers;

import org.jspecify.annotations.NullMarked;
