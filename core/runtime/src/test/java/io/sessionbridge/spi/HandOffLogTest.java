package io.sessionbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingIntake.Lost;
import io.sessionbridge.testkit.TestingSourceContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a hand-off writes to the log. */
@Timeout(30)
final class HandOffLogTest {

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(HandOff.class);

  private record UserNotification(String user) {}

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void namesNoUserWhenATranslationFails() throws Exception {
    TestingSourceContext context = new TestingSourceContext(new TestingClock(), folder);
    HandOff<UserNotification> handOff =
        new HandOff<>(
            context,
            seen -> {
              throw new IllegalStateException("no session of " + seen.item().user());
            });
    handOff.start();
    handOff.offer(new UserNotification("CONTOSO\\kim"));
    handOff.close();
    assertThat(context.intake().losses()).containsExactly(new Lost(1, "translator_failed"));
    List<ILoggingEvent> shown =
        log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)).toList();
    assertThat(shown)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage())
                  .startsWith(
                      "source "
                          + context.id()
                          + " could not translate a notification: java.lang.IllegalStateException"
                          + " at io.sessionbridge.spi.HandOffLogTest.")
                  .doesNotContain("kim");
              assertThat(event.getThrowableProxy()).isNull();
            });
  }
}
