package io.sessionbridge.sink.mqtt.link;

/** A connection that does not come to be, or does not work any more. */
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
