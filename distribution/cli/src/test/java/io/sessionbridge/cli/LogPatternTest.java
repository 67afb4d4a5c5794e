package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.sessionbridge.text.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped configurations of the log, with what a peer may have said. */
class LogPatternTest {

  private static final String FORGED = "x\n2026-11-20 ERROR forged\r\u001B[2J\u009B\u2028";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"logback.xml, stderr", "logback-service.xml, file"})
  void aMessageIsOneLine(String configuration, String appender) throws Exception {
    String line = written(configuration, appender, null);
    assertThat(line).hasLineCount(1).contains("WARN").contains("said x 2026-11-20 ERROR forged");
    assertThat(line.stripTrailing().codePoints().noneMatch(UntrustedText::isUnsafe)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"logback.xml, stderr", "logback-service.xml, file"})
  void aStackTraceForgesNoLine(String configuration, String appender) throws Exception {
    String text = written(configuration, appender, new IllegalStateException(FORGED));
    assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("  "));
    assertThat(text).contains("IllegalStateException: x").contains("LogPatternTest.java");
    assertThat(text).doesNotContain("\u001B").doesNotContain("\u009B");
  }

  private String written(String configuration, String name, Throwable thrown) throws Exception {
    LoggerContext context = new LoggerContext();
    context.putProperty("sessionbridge.log.folder", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(getClass().getClassLoader().getResource(configuration));
    try {
      Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
      OutputStreamAppender<ILoggingEvent> appender =
          (OutputStreamAppender<ILoggingEvent>) root.getAppender(name);
      Encoder<ILoggingEvent> encoder = appender.getEncoder();
      LoggingEvent event =
          new LoggingEvent("x", root, Level.WARN, "said {}", thrown, new Object[] {FORGED});
      return new String(encoder.encode(event), StandardCharsets.UTF_8);
    } finally {
      context.stop();
    }
  }
}
