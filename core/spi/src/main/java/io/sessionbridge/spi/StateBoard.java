package io.sessionbridge.spi;

/** The current state of this host, as far as known. Any thread; never blocks. */
public interface StateBoard {

  HostState now();
}
