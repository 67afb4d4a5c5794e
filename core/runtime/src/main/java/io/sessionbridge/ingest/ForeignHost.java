package io.sessionbridge.ingest;

import java.util.Locale;

/** The id of a host of which only the name is known. */
final class ForeignHost {

  private ForeignHost() {}

  /** The same id for every spelling of the name and on every agent. */
  static String id(String hostName) {
    return NameUuid.of("host:" + hostName.toLowerCase(Locale.ROOT)).toString();
  }
}
