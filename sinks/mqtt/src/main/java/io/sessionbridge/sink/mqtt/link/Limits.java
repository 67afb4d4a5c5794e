package io.sessionbridge.sink.mqtt.link;

/**
 * What may be sent over one connection: the smaller of what is configured and what the broker says.
 *
 * @param inFlight publications without a fate, at most
 * @param packetBytes of a PUBLISH, at most
 * @param qos the highest that the broker takes
 * @param retains whether the broker keeps retained messages
 */
public record Limits(int inFlight, long packetBytes, int qos, boolean retains) {}
