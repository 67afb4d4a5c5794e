package io.sessionbridge.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.sessionbridge.text.UntrustedText;
import java.util.stream.Collectors;

/**
 * The stack trace of a log event, each line indented: {@code %stack} in the patterns. The message
 * of an exception may have line feeds of a peer, which would forge log lines at the left margin.
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
