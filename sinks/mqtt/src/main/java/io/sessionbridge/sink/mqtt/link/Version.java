package io.sessionbridge.sink.mqtt.link;

import java.util.List;

/** The versions of MQTT, with their common names. */
public enum Version {
  V3("3.1.1"),
  V5("5");

  /** The names in a configuration. */
  public static final List<String> NAMES = List.of(V3.name, V5.name);

  private final String name;

  Version(String name) {
    this.name = name;
  }

  public static Version named(String name) {
    return name.equals(V5.name) ? V5 : V3;
  }

  @Override
  public String toString() {
    return name;
  }
}
