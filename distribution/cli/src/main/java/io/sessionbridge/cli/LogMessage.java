package io.sessionbridge.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sessionbridge.text.UntrustedText;

/**
 * The message of a log event on one line, safe for a terminal: {@code %line} in the patterns. The
 * agent's own messages are safe already; those of libraries may repeat what a peer said.
 */
public final class LogMessage extends ClassicConverter {

  private static final int LONGEST = 16 * 1024;

  @Override
  public String convert(ILoggingEvent event) {
    return UntrustedText.line(String.valueOf(event.getFormattedMessage()), LONGEST);
  }
}
