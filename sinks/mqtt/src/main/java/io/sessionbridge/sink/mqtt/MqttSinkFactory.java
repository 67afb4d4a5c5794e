package io.sessionbridge.sink.mqtt;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.Login;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.settings.ProxyAddress;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SinkMemory;
import io.sessionbridge.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates MQTT sinks. */
final class MqttSinkFactory implements SinkFactory<MqttSinkConfig> {

  @Override
  public String description() {
    return "publishes events and the host's presence to an MQTT broker";
  }

  @Override
  public ConfigSpec<MqttSinkConfig> config() {
    return MqttSinkConfig.SPEC;
  }

  @Override
  public int batchEvents() {
    return 500;
  }

  /** Paho keeps a copy of each message in flight, with its token and its properties. */
  @Override
  public SinkMemory memory(MqttSinkConfig config) {
    return SinkMemory.of(1 << 20, 3_000, 1);
  }

  /** MQTT 3.1.1 has no user properties: an event would lose its id. */
  @Override
  public Optional<String> formatProblem(MqttSinkConfig config, String format) {
    return config.version() == Version.V3 && format.equals("cloudevents_binary")
        ? Optional.of("must not be cloudevents_binary without version: 5; use cloudevents")
        : Optional.empty();
  }

  @Override
  public List<String> fileProblems(MqttSinkConfig config) {
    return Stream.of(
            config.tls().flatMap(TlsSettings::problem),
            config.login().map(Login::passwordFile).flatMap(SecretFile::problem),
            config
                .proxy()
                .flatMap(ProxyAddress::login)
                .map(Login::passwordFile)
                .flatMap(SecretFile::problem))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Disclosure disclosure(MqttSinkConfig config) {
    List<String> kept = new ArrayList<>();
    kept.add("The broker and its subscribers decide how long events stay.");
    if (config.presence()) {
      kept.add(
          "The broker also keeps who is logged on, as a retained message, until a newer one"
              + " replaces it.");
    }
    return new Disclosure(
        "the MQTT broker " + config.server() + ", to topics such as " + config.topics().event(),
        Optional.of(config.tls().isPresent()),
        kept);
  }

  /** Uses another client id: for the same id the broker would disconnect the running agent. */
  @Override
  public Sink createCheck(SinkContext context, MqttSinkConfig config) {
    return create(context, config.ofCheck());
  }

  @Override
  public Sink create(SinkContext context, MqttSinkConfig config) {
    return new MqttSink(context, config, ConnectionTimeouts.DEFAULT);
  }
}
