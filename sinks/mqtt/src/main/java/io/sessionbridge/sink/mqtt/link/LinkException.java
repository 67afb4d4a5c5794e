package io.sessionbridge.sink.mqtt.link;

/** Thrown if a connection cannot be established or is broken. */
public final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Ending ending;

  public LinkException(Ending ending) {
    super(ending.toString());
    this.ending = ending;
  }

  public Ending ending() {
    return ending;
  }
}
