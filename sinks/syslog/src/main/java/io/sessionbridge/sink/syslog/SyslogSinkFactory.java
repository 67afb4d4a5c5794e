package io.sessionbridge.sink.syslog;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Problems;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SinkMemory;
import io.sessionbridge.tls.TlsSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Creates syslog sinks. */
final class SyslogSinkFactory implements SinkFactory<SyslogSinkConfig> {

  @Override
  public String description() {
    return "sends events as messages of RFC 5424 or 3164 over RELP, TCP or UDP";
  }

  @Override
  public ConfigSpec<SyslogSinkConfig> config() {
    return SyslogSinkConfig.SPEC;
  }

  /** A syslog message has its own format; this key selects the text inside it. */
  @Override
  public String formatKey() {
    return "message";
  }

  @Override
  public String defaultFormat() {
    return "sentence";
  }

  @Override
  public String defaultFormat(ConfigMapping entry) {
    return SyslogSinkConfig.PRESET
        .read(entry, new Problems())
        .map(Preset::message)
        .orElse(defaultFormat());
  }

  @Override
  public Map<String, String> presets() {
    Map<String, String> presets = new LinkedHashMap<>();
    for (Preset preset : Preset.values()) {
      presets.put(preset.word(), preset.description());
    }
    return presets;
  }

  @Override
  public Map<String, String> presetValues(String preset) {
    return Arrays.stream(Preset.values())
        .filter(one -> one.word().equals(preset))
        .findFirst()
        .map(Preset::keys)
        .orElse(Map.of());
  }

  @Override
  public int batchEvents() {
    return 500;
  }

  /** TCP keeps the messages written last, with some overhead for each. */
  @Override
  public SinkMemory memory(SyslogSinkConfig config) {
    SinkMemory usual = SinkMemory.USUAL;
    long message = 2L * config.maxMessageBytes();
    long window = config.transport() == TransportType.TCP ? config.replayBytes() / 4 * 5 : 0;
    long bytes = usual.least() + message + window;
    return new SinkMemory(
        bytes, bytes, usual.perEvent(), usual.perByte(), window > 0 ? "replay_bytes" : "");
  }

  @Override
  public List<String> fileProblems(SyslogSinkConfig config) {
    return config.tls().flatMap(TlsSettings::problem).stream().toList();
  }

  @Override
  public Disclosure disclosure(SyslogSinkConfig config) {
    return new Disclosure(
        "the syslog receiver "
            + config.server()
            + " over "
            + config.transport().name().toLowerCase(Locale.ROOT),
        Optional.of(config.tls().isPresent()),
        List.of("The receiver decides how long events stay there."));
  }

  @Override
  public Sink create(SinkContext context, SyslogSinkConfig config) {
    return new SyslogSink(context, config);
  }
}
