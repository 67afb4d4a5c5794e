package io.sessionbridge.journal;

/**
 * A record to write.
 *
 * @param timeMicros when it was recorded, microseconds since 1970
 * @param payload opaque bytes; not copied, so the caller must not change them afterwards
 */
public record Entry(long timeMicros, byte[] payload) {}
