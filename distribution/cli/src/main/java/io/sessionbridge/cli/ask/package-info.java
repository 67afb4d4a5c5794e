/** Commands that query the running agent: its status, the state of the host, live events. */
@NullMarked
package io.sessionbridge.cli.ask;

import org.jspecify.annotations.NullMarked;
