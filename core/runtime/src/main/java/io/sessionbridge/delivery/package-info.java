/**
 * From the journal to a sink: one loop per sink with its own cursor. The core owns selecting,
 * encoding, batching, retrying, counting and the dead letters; a sink only says what became of a
 * batch.
 */
@NullMarked
package io.sessionbridge.delivery;

import org.jspecify.annotations.NullMarked;
