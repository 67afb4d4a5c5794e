/** The registry of the metrics of all parts of the agent. */
@NullMarked
package io.sessionbridge.metrics;

import org.jspecify.annotations.NullMarked;
