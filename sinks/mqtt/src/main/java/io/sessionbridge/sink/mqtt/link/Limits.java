package io.sessionbridge.sink.mqtt.link;

/**
 * The limits of a connection: the lower of the configured ones and those of the broker.
 *
 * @param inFlight the maximum number of unacknowledged publications
 * @param packetBytes the maximum size of a PUBLISH
 * @param qos the highest QoS of the broker
 * @param retains whether the broker keeps retained messages
 */
public record Limits(int inFlight, long packetBytes, int qos, boolean retains) {}
