package io.sessionbridge.journal;

import java.util.List;
import java.util.Optional;

/**
 * A journal at one moment.
 *
 * @param segments how many files
 * @param bytes on the disk
 * @param oldestMicros when the oldest segment was begun, microseconds since 1970; 0 if unknown
 * @param evictedSegments given up unread or too old since the start
 * @param damagedRecords found damaged or missing since the start
 * @param forces how long writing and forcing took since the start
 * @param failure why nothing can be written now
 * @param unusedCursors on disk, but opened by nobody since the start
 * @param unwritableCursors cursors that cannot be written now, with the reason; what they have
 *     passed since then is repeated after a crash, and their segments stay
 * @param strangeFiles in the folder that are no part of the journal
 * @param setAside names of files that hold an interrupted first write, which nobody was promised;
 *     kept for whoever wants to look
 * @param undeletable files that nobody needs and that cannot be deleted, with the reason
 * @param undeletableBytes their sizes together, outside of {@code bytes}
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
    List<String> strangeFiles,
    List<String> setAside,
    List<String> undeletable,
    long undeletableBytes) {}
