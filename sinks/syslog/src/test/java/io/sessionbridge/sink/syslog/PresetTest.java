package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.testkit.TestingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {

  private static SyslogSinkConfig read(String keys) {
    return TestingConfig.read(
        SyslogSinkConfig.SPEC, "{server: \"s:514\", transport: tcp, " + keys + "}");
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void setsKeysThatTheEntryDoesNotSet(Preset preset) {
    SyslogSinkConfig config = read("preset: " + preset.word());
    assertThat(config.header()).isEqualTo(preset.header());
    assertThat(config.framing()).isEqualTo(preset.framing());
    assertThat(config.maxMessageBytes()).isEqualTo(preset.maxMessageBytes());
    assertThat(config.bom()).isFalse();
  }

  @Test
  void setsTheFormatThatTheEntryDoesNotName() {
    SyslogSinkFactory factory = new SyslogSinkFactory();
    assertThat(factory.defaultFormat(entry("{preset: qradar}"))).isEqualTo("leef");
    assertThat(factory.defaultFormat(entry("{transport: tcp}"))).isEqualTo("sentence");
    assertThat(factory.defaultFormat(entry("{preset: unknown}"))).isEqualTo("sentence");
    assertThat(factory.presets())
        .hasSize(11)
        .containsEntry(
            "qradar",
            "message: leef, header: rfc3164, framing: lf, max_message_bytes: 4KiB, bom: false;"
                + " not tested");
  }

  /** Its parser for RFC 5424 only accepts digits as PROCID, and ours is the event's id. */
  @Test
  void fluentBitGetsTheHeaderThatItsParserReads() {
    assertThat(read("preset: fluent_bit").header()).isEqualTo(Header.RFC3164);
  }

  private static ConfigMapping entry(String yaml) {
    return ConfigFile.parse("test.yaml", yaml, new Problems()).orElseThrow();
  }

  @Test
  void theEntryOverridesThePreset() {
    SyslogSinkConfig config =
        read(
            "preset: qradar, header: rfc5424, framing: octet_counting, max_message_bytes: 2KiB,"
                + " bom: true");
    assertThat(config.header()).isEqualTo(Header.RFC5424);
    assertThat(config.framing()).isEqualTo(Framing.OCTET_COUNTING);
    assertThat(config.maxMessageBytes()).isEqualTo(2048);
    assertThat(config.bom()).isTrue();
  }

  @Test
  void keysThatRfc3164DoesNotSupportAreRefused() {
    assertThat(
            TestingConfig.problems(
                SyslogSinkConfig.SPEC,
                "{server: \"s:514\", transport: tcp, header: rfc3164, enterprise_number: 1,"
                    + " standard_data: [meta], bom: true}"))
        .isEqualTo(
            """
            test.yaml:1: enterprise_number has no effect with header rfc3164
            test.yaml:1: standard_data has no effect with header rfc3164
            test.yaml:1: bom has no effect with header rfc3164\
            """);
  }

  @Test
  void keysThatTheHeaderOfAPresetDoesNotSupportAreRefusedWithItsName() {
    assertThat(
            TestingConfig.problems(
                SyslogSinkConfig.SPEC,
                "{server: \"s:514\", transport: tcp, preset: qradar, enterprise_number: 1, bom:"
                    + " true}"))
        .isEqualTo(
            "test.yaml:1: enterprise_number has no effect with header rfc3164, which preset qradar"
                + " sets; set header: rfc5424 or remove this key\n"
                + "test.yaml:1: bom has no effect with header rfc3164, which preset qradar sets;"
                + " set header: rfc5424 or remove this key");
    assertThat(
            TestingConfig.problems(
                SyslogSinkConfig.SPEC,
                "{server: \"s:514\", transport: tcp, preset: qradar, header: rfc3164, bom: true}"))
        .isEqualTo("test.yaml:1: bom has no effect with header rfc3164");
  }

  @Test
  void printedSettingsOfAPresetAreValidInAnEntry() {
    String printed = Preset.QRADAR.description();
    String keys = printed.substring(printed.indexOf("header:"), printed.indexOf(';'));
    assertThat(keys).contains("bom: false");
    assertThat(read("preset: qradar, " + keys)).isEqualTo(read("preset: qradar"));
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void thePageSaysTheSame(Preset preset) throws Exception {
    SyslogSinkConfig config = read("preset: " + preset.word());
    String row =
        "| `%s` | `%s` | `%s` | `%s` | `%dKiB` |"
            .formatted(
                preset.word(),
                preset.message(),
                config.header().name().toLowerCase(Locale.ROOT),
                config.framing().name().toLowerCase(Locale.ROOT),
                config.maxMessageBytes() / 1024);
    assertThat(Files.readString(Path.of("README.md"))).contains(row);
  }
}
