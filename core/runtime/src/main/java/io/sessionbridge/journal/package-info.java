/**
 * The durable journal: byte records with sequence numbers, kept until every cursor has passed them.
 * It does not depend on events. Its invariants:
 *
 * <ol>
 *   <li>A record for which {@link io.sessionbridge.journal.Journal#awaitDurable} returned is read
 *       exactly once by every cursor, in order, even after crashes; or the reader gets a hole in
 *       its place.
 *   <li>Sequences are dense, and no two durable records share one within an epoch; each open starts
 *       a new epoch. Sequences of a failed write are reused, or, if later ones are in use, become a
 *       hole in which nothing is lost.
 *   <li>A reader sees a record only after it is durable, so no cursor is ever beyond what a power
 *       cut can erase.
 *   <li>A segment ends where the next one begins. Anything in it after that was never acknowledged,
 *       even if it looks valid: a torn tail, or a failed write.
 *   <li>Only the thread {@code journal} writes files, and it is never interrupted. Readers have
 *       channels of their own.
 *   <li>After a failed write or force, nothing more is written to that segment and the force is not
 *       retried: the system may have dropped the pages and would report success.
 *   <li>A segment is deleted only after every cursor that passed it is durable, or after the
 *       eviction floor above it is durable. Each deletion is durable before the next.
 *   <li>What the disk repeatedly fails to read is damage: a hole up to the next readable record. At
 *       the end of the newest segment it is unknown how much was acknowledged; there the hole has
 *       the largest possible size, so that no sequence is assigned twice.
 *   <li>A file that cannot be deleted is no longer part of the journal once the durable floor is at
 *       or above its first sequence.
 *   <li>Nothing is written to a segment once a later one may exist, even one whose creation failed,
 *       because the next start ends the earlier segment there.
 * </ol>
 */
@NullMarked
package io.sessionbridge.journal;

import org.jspecify.annotations.NullMarked;
