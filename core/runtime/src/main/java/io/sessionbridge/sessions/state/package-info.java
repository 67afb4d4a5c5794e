/** The known state of a host's sessions: values and their encoding, without any rules. */
@NullMarked
package io.sessionbridge.sessions.state;

import org.jspecify.annotations.NullMarked;
