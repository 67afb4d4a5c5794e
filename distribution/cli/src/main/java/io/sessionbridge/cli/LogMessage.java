package io.sessionbridge.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sessionbridge.text.UntrustedText;

/**
 * Formats the message of a log event as one line that is safe for a terminal: {@code %line} in the
 * patterns. The agent's own messages are safe already; those of libraries may contain text from a
 * peer.
 */
public final class LogMessage extends ClassicConverter {

  private static final int LONGEST = 16 * 1024;

  @Override
  public String convert(ILoggingEvent event) {
    return UntrustedText.line(String.valueOf(event.getFormattedMessage()), LONGEST);
  }
}
