/**
 * The files of a journal on the disk: segments of records, and small files of two slots. Bytes,
 * names and checksums; who reads and writes them is not known here.
 */
@NullMarked
package io.sessionbridge.journal.file;

import org.jspecify.annotations.NullMarked;
