package io.sessionbridge.e2e.torture;

/**
 * What the agent says of a sink when everything is settled, since its cursor was made.
 *
 * @param delivered events, without gaps
 * @param lost events, as its gaps count them
 */
record Books(long delivered, long lost) {}
