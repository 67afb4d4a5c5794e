/**
 * From what a source saw to a durable event: enrich, stamp, keep the board, write. Correlation and
 * what is derived have their one place in {@link io.sessionbridge.ingest.Ingest}, between the
 * enrichment and the write.
 */
@NullMarked
package io.sessionbridge.ingest;

import org.jspecify.annotations.NullMarked;
