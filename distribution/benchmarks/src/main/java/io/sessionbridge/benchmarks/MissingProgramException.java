package io.sessionbridge.benchmarks;

/** A program that a benchmark needs is not on this machine; the message is all there is to say. */
final class MissingProgramException extends Exception {

  private static final long serialVersionUID = 1L;

  MissingProgramException(String program, String benchmark) {
    super("this machine has no " + program + ", which " + benchmark + " needs");
  }
}
