package io.sessionbridge.sink.mqtt;

/** A connection that does not come to be, or does not work any more. */
final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Ending ending;

  LinkException(Ending ending) {
    super(ending.toString());
    this.ending = ending;
  }

  Ending ending() {
    return ending;
  }
}
