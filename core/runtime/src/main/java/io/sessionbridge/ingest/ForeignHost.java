package io.sessionbridge.ingest;

import java.util.Locale;

/** The id of a host that is known by its name alone. */
final class ForeignHost {

  private ForeignHost() {}

  /** The same for every spelling of the name, on every agent that sees it. */
  static String id(String hostName) {
    return NameUuid.of("host:" + hostName.toLowerCase(Locale.ROOT)).toString();
  }
}
