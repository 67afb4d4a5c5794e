/** Where the counters of all parts stand, until somebody asks for them. */
@NullMarked
package io.sessionbridge.metrics;

import org.jspecify.annotations.NullMarked;
