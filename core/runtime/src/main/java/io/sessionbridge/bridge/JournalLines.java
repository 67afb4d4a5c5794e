package io.sessionbridge.bridge;

import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import io.sessionbridge.delivery.JournalExport;
import io.sessionbridge.ingest.MachineHost;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes a journal as CloudEvents, one per line, the format that the replay source reads. */
public final class JournalLines {

  private static final String FORMAT = "cloudevents";

  private JournalLines() {}

  /**
   * Writes all records of the reader.
   *
   * @param config of the agent that wrote the journal
   */
  public static JournalExport.Totals write(
      JournalReader reader, BridgeConfig config, Plugins plugins, OutputStream out)
      throws IOException {
    return JournalExport.write(
        reader, format(FORMAT, plugins), MachineHost.detect(config.hostId(), plugins.host()), out);
  }

  /** A format of the core with default settings. */
  static EventFormat format(String name, Plugins plugins) {
    FormatFactory<?> factory = plugins.formats().get(name);
    if (factory == null) {
      throw new IllegalStateException("no format " + name + " is bound");
    }
    return withDefaults(factory);
  }

  private static <C> EventFormat withDefaults(FormatFactory<C> factory) {
    Problems problems = new Problems();
    Optional<C> config =
        ConfigFile.parse(FORMAT, "{}", problems)
            .flatMap(node -> factory.config().read(node, problems));
    return factory.create(config.orElseThrow());
  }
}
