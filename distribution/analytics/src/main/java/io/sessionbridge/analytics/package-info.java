/** Questions about the sessions of a fleet, answered from what the sinks wrote. */
@NullMarked
package io.sessionbridge.analytics;

import org.jspecify.annotations.NullMarked;
