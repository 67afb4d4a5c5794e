/** What Windows reports to a service: session changes, sleep, shutdown, clock, presence. */
@NullMarked
package io.sessionbridge.source.scm;

import org.jspecify.annotations.NullMarked;
