package io.sessionbridge.journal;

/**
 * A record to be written.
 *
 * @param timeMicros when it was recorded, microseconds since 1970
 * @param payload opaque bytes; not copied, do not write into them afterwards
 */
public record Entry(long timeMicros, byte[] payload) {}
