/**
 * Programs with all that they start: in a job object of their own, so that none of them outlives
 * this process; as this process's account or as the user of a session; with their streams, their
 * priority and a limit of memory.
 */
@NullMarked
package io.sessionbridge.windows.process;

import org.jspecify.annotations.NullMarked;
