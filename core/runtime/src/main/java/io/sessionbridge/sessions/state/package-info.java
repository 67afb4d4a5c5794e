/** What is known of the sessions of a host: values, and how they are stored. They know no rule. */
@NullMarked
package io.sessionbridge.sessions.state;

import org.jspecify.annotations.NullMarked;
