/**
 * The durable journal: bytes with sequence numbers, kept until every cursor has passed them. It
 * knows nothing of events. Its invariants, from which the code follows:
 *
 * <ol>
 *   <li>What {@link io.sessionbridge.journal.Journal#awaitDurable} returned for is read exactly
 *       once by every cursor, in order, whatever crashes afterwards; or the reader gets a hole in
 *       its place.
 *   <li>Sequences are dense, and no two records that are durable share one within an epoch; the
 *       epoch is new at each open. Sequences whose write failed are given out again, or, if later
 *       ones are in use, become a hole in which nothing is lost.
 *   <li>A reader sees a record only after it is durable, so no cursor ever stands behind what a
 *       power cut can take away.
 *   <li>A segment ends where the next one begins. What stands in it after that was never
 *       acknowledged, however valid it looks: a torn tail, or a write that failed.
 *   <li>A file is written by one thread, {@code journal}, which nobody interrupts. Readers have
 *       channels of their own.
 *   <li>After a failed write or force nothing more is written to that segment, and the force is not
 *       tried again: the system may have thrown the pages away and report success.
 *   <li>A segment is deleted only after every cursor that passed it is durable, or after the floor
 *       that says it was evicted is durable; and each deletion is durable before the next.
 *   <li>What the disk does not give back, again and again, is damage: a hole up to the next record
 *       that can be read. At the end of the newest segment nobody knows how much was acknowledged;
 *       then the hole is as large as may have been, and no sequence is given out twice.
 *   <li>A file that cannot be deleted is no part of the journal any more once the floor, durable,
 *       is at or above its first sequence.
 *   <li>Nothing is written to a segment once a later one may exist, even one whose creation failed:
 *       the next start ends the earlier segment there.
 * </ol>
 */
@NullMarked
package io.sessionbridge.journal;

import org.jspecify.annotations.NullMarked;
