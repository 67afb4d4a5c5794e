package io.sessionbridge.windows.driver;

/**
 * What the driver counts: {@code published = read + lost + queued}, as long as no reader has gone
 * back or ahead.
 *
 * @param bootId another one for each load of the driver
 * @param published the number of the newest record, 0 if there is none
 * @param nextRead the number of the record that the next read gets
 * @param lost overwritten before they were read
 * @param queued not read yet
 * @param pending reads that wait
 * @param capacity how many records the driver keeps
 * @param registered whether the kernel calls the driver
 * @param registerStatus NTSTATUS of the registration
 * @param hasReader whether somebody reads
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
