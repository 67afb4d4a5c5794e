package io.sessionbridge.journal;

import java.util.List;
import java.util.Optional;

/**
 * A snapshot of a journal's status.
 *
 * @param segments number of files
 * @param bytes on the disk
 * @param oldestMicros when the oldest segment was created, microseconds since 1970; 0 if unknown
 * @param evictedSegments segments evicted since the start
 * @param damagedRecords records found damaged or missing since the start
 * @param forces times of writing and forcing since the start
 * @param failure why writing fails now; empty if it works
 * @param unusedCursors cursors on disk that were not opened since the start
 * @param unwritableCursors cursors that cannot be written now, with the reason; a crash would
 *     repeat what they have passed since, and their segments are kept
 * @param foreignFiles files in the folder that are not part of the journal
 * @param setAside names of files with an interrupted first write that was never acknowledged; kept
 *     for inspection
 * @param undeletable obsolete files that cannot be deleted, with the reason
 * @param undeletableBytes their total size, not included in {@code bytes}
 */
public record JournalStatus(
    int segments,
    long bytes,
    long oldestMicros,
    long evictedSegments,
    long damagedRecords,
    ForceLatency forces,
    Optional<String> failure,
    List<String> unusedCursors,
    List<String> unwritableCursors,
    List<String> foreignFiles,
    List<String> setAside,
    List<String> undeletable,
    long undeletableBytes) {}
