package io.sessionbridge.benchmarks;

import java.nio.file.Path;
import java.util.Locale;

/** A way to bring a syslog message to rsyslogd. */
enum SyslogTransport {
  RELP("relp", "imrelp", " maxDataSize=\"8k\""),
  TCP("tcp", "imtcp", ""),
  TLS(
      "tcp",
      "imtcp",
      " streamDriver.name=\"gtls\" streamDriver.mode=\"1\" streamDriver.authMode=\"anon\""),
  UDP("udp", "imudp", "");

  private final String key;
  private final String module;
  private final String settings;

  SyslogTransport(String key, String module, String settings) {
    this.key = key;
    this.module = module;
    this.settings = settings;
  }

  /** The one that a user writes so, {@code tls}. */
  static SyslogTransport named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As a user writes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isStream() {
    return this != UDP;
  }

  /** What of a message is waited for. */
  String end() {
    return this == RELP ? "acknowledgement" : "write";
  }

  /** The keys of the agent's sink. */
  String sinkKeys(int port, Path certificate) {
    String tls = this == TLS ? ", ca_file: '" + certificate + "'" : "";
    return "transport: " + key + ", server: \"127.0.0.1:" + port + "\"" + tls;
  }

  /** The input of rsyslogd whose messages a set of rules gets. */
  String input(int port, String rules) {
    return String.format(
        "input(type=\"%s\" address=\"127.0.0.1\" port=\"%d\" ruleset=\"%s\"%s)",
        module, port, rules, settings);
  }
}
