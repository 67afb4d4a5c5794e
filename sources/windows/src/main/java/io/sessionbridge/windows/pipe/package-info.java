/**
 * A local channel between programs: a named pipe whose server and clients verify each other's
 * account. Not reachable from another machine.
 */
@NullMarked
package io.sessionbridge.windows.pipe;

import org.jspecify.annotations.NullMarked;
