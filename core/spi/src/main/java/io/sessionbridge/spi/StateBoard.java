package io.sessionbridge.spi;

/** What is true now of this host, as far as it is known. Any thread; never blocks. */
public interface StateBoard {

  HostState now();
}
