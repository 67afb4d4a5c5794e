/**
 * A local channel between programs: a named pipe whose server knows who asks, and whose clients
 * know who answers. Never reachable from another machine.
 */
@NullMarked
package io.sessionbridge.windows.pipe;

import org.jspecify.annotations.NullMarked;
