package io.sessionbridge.windows.driver;

/**
 * How far a reader has read.
 *
 * @param bootId identifies the load of the driver that created the record; never 0
 * @param sequence number of the record; 0 before the first
 */
public record DriverPosition(long bootId, long sequence) {}
