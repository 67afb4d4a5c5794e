/**
 * The one owner of session state: which sessions and which users' lives there are on a host, which
 * reports are one happening, what must have happened unseen, how long things took, and whether
 * somebody is there.
 *
 * <p>Everything here is a value or a pure function: no clock, no file, no thread. A step takes a
 * state and gives the next one, and the events to write in between.
 */
@NullMarked
package io.sessionbridge.sessions;

import org.jspecify.annotations.NullMarked;
