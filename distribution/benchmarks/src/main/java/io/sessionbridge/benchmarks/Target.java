package io.sessionbridge.benchmarks;

/**
 * Where a measured sink delivers, as entries of the configuration.
 *
 * @param sink the id of the sink in both entries
 * @param living the entry while the receiver is there
 * @param dead the entry of a sink that never reaches anybody, so that events wait
 */
record Target(String sink, String living, String dead) {

  /** A port that the system hands to nobody: a free one might be somebody's a minute later. */
  static final String NOBODY = "127.0.0.1:1";

  /** A Kafka sink. */
  static Target kafka(Topic topic) {
    return new Target(
        "kafka",
        AgentFiles.kafka(topic.broker(), topic.name()),
        AgentFiles.kafka(NOBODY, topic.name()));
  }

  /** An MQTT sink with QoS 1 and the window that it has by itself. */
  static Target mqtt(String url, String format) {
    return new Target("mqtt", mqttEntry(url, format), mqttEntry("tcp://" + NOBODY, format));
  }

  private static String mqttEntry(String url, String format) {
    return "mqtt: {type: mqtt, server: \"" + url + "\", format: " + format + ", start: oldest}";
  }
}
