package io.sessionbridge.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.sessionbridge.text.UntrustedText;
import java.util.stream.Collectors;

/**
 * Formats the stack trace of a log event with each line indented: {@code %stack} in the patterns.
 * An exception message may contain line feeds from a peer, which could otherwise forge log lines.
 */
public final class LogStackTrace extends ThrowableProxyConverter {

  private static final int LONGEST_LINE = 4 * 1024;

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return super.throwableProxyToString(thrown)
        .lines()
        .map(line -> "  " + UntrustedText.line(line, LONGEST_LINE) + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
