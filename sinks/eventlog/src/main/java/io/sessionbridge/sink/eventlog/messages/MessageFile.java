package io.sessionbridge.sink.eventlog.messages;

import io.sessionbridge.event.Kind;
import io.sessionbridge.windows.service.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The message file: a DLL that contains only texts. Its bytes depend only on the tables of this
 * package, so builds are reproducible.
 */
public final class MessageFile {

  /**
   * The version of the texts. The event log keeps the file open, so it cannot be replaced: changed
   * texts need a new version and so a new file name.
   */
  static final int VERSION = 2;

  /** The file name; the file is next to the jars. */
  public static final String NAME = "sessionbridge-messages-" + VERSION + ".dll";

  /** The first string of an entry is the readable text. */
  private static final String FIRST_STRING = "%1";

  private MessageFile() {}

  /** The number of categories, which start at 1. */
  public static int categories() {
    return EventCategory.values().length;
  }

  /**
   * Converts a text for the first string of an entry. The viewer would replace {@code %1} in it, so
   * percent signs become full-width ones.
   */
  public static String shown(String text) {
    return text.replace('%', '\uFF05');
  }

  /** All texts by number, including those of the categories. */
  static SortedMap<Integer, String> texts() {
    SortedMap<Integer, String> texts = new TreeMap<>();
    for (EventCategory category : EventCategory.values()) {
      texts.put(category.number(), category.text());
    }
    for (Kind kind : Kind.values()) {
      texts.put(EventIds.of(kind), FIRST_STRING);
    }
    for (AgentEvent event : AgentEvent.values()) {
      texts.put(event.id(), FIRST_STRING);
    }
    texts.put(EventLog.EVENT_ID, FIRST_STRING);
    return texts;
  }

  static byte[] bytes() {
    return ResourceImage.of(
        List.of(
            new Resource(Resource.MESSAGE_TABLE, MessageTable.of(texts())),
            new Resource(Resource.VERSION, VersionResource.of(NAME, VERSION))));
  }

  /**
   * Writes the file to a folder, for the build.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Files.write(folder.resolve(NAME), bytes());
  }
}
