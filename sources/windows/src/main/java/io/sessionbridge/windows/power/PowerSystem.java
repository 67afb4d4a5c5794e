package io.sessionbridge.windows.power;

import java.util.OptionalInt;

/** Asks Windows for what it tells of power only if asked. A seam for tests. */
public interface PowerSystem {

  /** Has a topic told from now on, its present value too; the error code if Windows refuses. */
  OptionalInt listen(PowerTopic topic);

  /** Nothing of it need be told any more. */
  void unlisten();
}
