/**
 * From an observation to a durable event: enrich, timestamp, update the board, write. Correlation
 * and inferred events are handled only in {@link io.sessionbridge.ingest.Ingest}, between
 * enrichment and write.
 */
@NullMarked
package io.sessionbridge.ingest;

import org.jspecify.annotations.NullMarked;
