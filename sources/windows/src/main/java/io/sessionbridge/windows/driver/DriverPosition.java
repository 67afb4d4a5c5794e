package io.sessionbridge.windows.driver;

/**
 * How far somebody has read.
 *
 * @param bootId of the load of the driver that made the record; never 0
 * @param sequence of the record; 0 before the first
 */
public record DriverPosition(long bootId, long sequence) {}
