package io.sessionbridge.windows.com;

/** A failed COM call; the message names the call, the result and its meaning. */
final class ComException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int result;

  ComException(String call, int result) {
    super(call + " failed with " + Hresult.text(result));
    this.result = result;
  }

  int result() {
    return result;
  }

  /** Throws if the call failed. */
  static void check(String call, int result) throws ComException {
    if (Hresult.failed(result)) {
      throw new ComException(call, result);
    }
  }
}
