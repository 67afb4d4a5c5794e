/** Asks the agent that runs: its status, the state of the host, events as they come. */
@NullMarked
package io.sessionbridge.cli.ask;

import org.jspecify.annotations.NullMarked;
