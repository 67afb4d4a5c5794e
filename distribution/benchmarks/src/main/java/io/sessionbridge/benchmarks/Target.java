package io.sessionbridge.benchmarks;

import java.nio.file.Path;

/**
 * Where a measured sink delivers, as entries of the configuration.
 *
 * @param sink the id of the sink in both entries
 * @param living the entry while the receiver is there
 * @param dead the entry of a sink that never reaches anybody, so that events wait
 */
record Target(String sink, String living, String dead) {

  /** A port without a listener. The system never assigns it, as it may assign a free one later. */
  static final String NO_LISTENER = "127.0.0.1:1";

  /** A Kafka sink. */
  static Target kafka(Topic topic) {
    return kafka(topic, AgentFiles.KAFKA_FORMAT);
  }

  static Target kafka(Topic topic, String format) {
    return new Target(
        "kafka",
        AgentFiles.kafka(topic.broker(), topic.name(), format),
        AgentFiles.kafka(NO_LISTENER, topic.name(), format));
  }

  /** An MQTT sink with QoS 1 and the window that it has by itself. */
  static Target mqtt(String url, String format) {
    return new Target("mqtt", mqttEntry(url, format), mqttEntry("tcp://" + NO_LISTENER, format));
  }

  private static String mqttEntry(String url, String format) {
    return "mqtt: {type: mqtt, server: \"" + url + "\", format: " + format + ", start: oldest}";
  }

  /**
   * A syslog sink.
   *
   * @param certificate what it trusts, if it encrypts
   * @param message the format of the text
   */
  static Target syslog(RsyslogProcess.Input input, Path certificate, String message) {
    String keys = input.transport().sinkKeys(input.port(), certificate);
    // A datagram is sent with or without a listener.
    String dead = "transport: tcp, server: \"" + NO_LISTENER + "\"";
    return new Target("syslog", syslogEntry(keys, message), syslogEntry(dead, message));
  }

  private static String syslogEntry(String keys, String message) {
    return "syslog: {type: syslog, " + keys + ", message: " + message + ", start: oldest}";
  }
}
