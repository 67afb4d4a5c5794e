package io.sessionbridge.bridge;

import io.sessionbridge.ingest.SessionStates;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names in a data folder that come from an agent, of this or an earlier version. */
public final class DataLayout {

  static final String LOCK = "lock";
  static final String CONTROL = "control";

  /** Folders that only the core writes. */
  static final List<String> CORE =
      List.of("journal", "cursors", "rejected", SessionStates.FOLDER, "sources");

  /** Folders with recorded data. */
  static final List<String> CONTENT = Stream.concat(CORE.stream(), Stream.of("sinks")).toList();

  /** The log is that of the Windows service; earlier versions unpacked native libraries. */
  private static final Set<String> FOLDERS =
      Stream.concat(CONTENT.stream(), Stream.of(CONTROL, "log", "native"))
          .collect(Collectors.toUnmodifiableSet());

  private DataLayout() {}

  /** The names of all folders. */
  public static Set<String> folders() {
    return FOLDERS;
  }
}
