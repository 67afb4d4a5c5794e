/**
 * Delivery from the journal to the sinks: one loop with its own cursor per sink. The core selects,
 * encodes, batches, retries, counts and keeps the dead letters; a sink only reports the result of
 * each batch.
 */
@NullMarked
package io.sessionbridge.delivery;

import org.jspecify.annotations.NullMarked;
