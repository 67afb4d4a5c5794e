/**
 * Programs with all their descendants, in a job object of their own, so that none outlives this
 * process: run by this process's account or as a session's user, with their streams, priority and
 * memory limit.
 */
@NullMarked
package io.sessionbridge.windows.process;

import org.jspecify.annotations.NullMarked;
