package io.sessionbridge.windows.driver;

/**
 * The driver's counters: {@code published = read + lost + queued}, as long as no reader has moved
 * back or ahead.
 *
 * @param bootId differs for each load of the driver
 * @param published the number of the newest record, 0 if there is none
 * @param nextRead the number of the record that the next read returns
 * @param lost records overwritten before they were read
 * @param queued records not read yet
 * @param pending reads in progress
 * @param capacity the number of records that the driver keeps
 * @param registered whether the kernel calls the driver
 * @param registerStatus NTSTATUS of the registration
 * @param hasReader whether a program is reading
 */
public record DriverStatistics(
    long bootId,
    long published,
    long nextRead,
    long lost,
    long queued,
    long pending,
    long capacity,
    boolean registered,
    int registerStatus,
    boolean hasReader) {}
