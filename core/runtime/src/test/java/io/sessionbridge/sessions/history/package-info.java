/**
 * The proof that the session tracker is correct. From one seed comes a {@code Course}, what truly
 * happened to a machine for days; from the course what each source reports of it ({@code Reporter})
 * and what must be written ({@code Truth}). The truth is computed from the course and from its
 * reports and their times, never from how a tracker works. Where nobody can know, it allows each
 * answer that the contract allows, and no other.
 *
 * <p>The reading order: {@code Person}, {@code What}, {@code Machine}, {@code Scene}, {@code
 * Course}; {@code Reporter}, {@code Step}; {@code Known}, {@code Tape}, {@code TruthMaker}, {@code
 * Obligation}; {@code HistoryCheck}.
 */
package io.sessionbridge.sessions.history;
