/**
 * Real receivers of events on this machine, which can be taken away and given back, and which tell
 * what arrived. Used by the demo and by the end-to-end tests; nothing of the agent's own delivery
 * is in it.
 */
@NullMarked
package io.sessionbridge.cli.receivers;

import org.jspecify.annotations.NullMarked;
