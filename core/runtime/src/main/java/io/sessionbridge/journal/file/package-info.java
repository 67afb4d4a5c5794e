/**
 * The file formats of a journal: segments of records, and small files with two slots. Covers bytes,
 * names and checksums, independent of readers and writers.
 */
@NullMarked
package io.sessionbridge.journal.file;

import org.jspecify.annotations.NullMarked;
