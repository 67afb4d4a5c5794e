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
 * The message file: a DLL with nothing but texts. Its bytes depend on the tables of this package
 * alone, so every build makes the same.
 */
public final class MessageFile {

  /**
   * Of the texts. The event log keeps the file open, so that it cannot be replaced: other texts
   * have another number, and with it another name.
   */
  static final int VERSION = 1;

  /** Beside the jars. */
  public static final String NAME = "sessionbridge-messages-" + VERSION + ".dll";

  /** The first string of an entry is what happened, in a sentence. */
  private static final String FIRST_STRING = "%1";

  private MessageFile() {}

  /** How many categories it names, from 1 on. */
  public static int categories() {
    return EventCategory.values().length;
  }

  /**
   * A text as the first string of an entry. The viewer takes {@code %1} in it for a place, so its
   * per cent signs become those of full width.
   */
  public static String shown(String text) {
    return text.replace('%', '\uFF05');
  }

  /** All texts by number, those of the categories among them. */
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
   * Writes it into a folder, for the build.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Files.write(folder.resolve(NAME), bytes());
  }
}
