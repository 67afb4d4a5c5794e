package io.sessionbridge.cli.journal;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.journal.FolderLock;
import io.sessionbridge.journal.OfflineJournal;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The journal of a configuration, locked so that no agent can start. */
final class ClosedJournal implements AutoCloseable {

  private final FolderLock lock;
  private final OfflineJournal journal;

  private ClosedJournal(FolderLock lock, OfflineJournal journal) {
    this.lock = lock;
    this.journal = journal;
  }

  /**
   * Takes the lock and reads the journal.
   *
   * @throws CommandException if there is no journal, an agent works in it, or it cannot be read
   */
  static ClosedJournal of(BridgeConfig config) throws CommandException, IOException {
    Path folder = config.dataDir();
    requireJournal(folder);
    FolderLock lock = lock(folder);
    try {
      return new ClosedJournal(lock, new OfflineJournal(new FileStorage(), folder));
    } catch (IOException e) {
      lock.close();
      throw failure(e);
    }
  }

  /** Requires a journal in the data directory. */
  static void requireJournal(Path folder) throws CommandException {
    if (Files.isDirectory(folder.resolve("journal"))) {
      return;
    }
    if (Files.exists(folder) && !Files.isExecutable(folder)) {
      throw new CommandException(
          "journal: "
              + folder
              + " cannot be read by this user: run the command as the agent's user");
    }
    throw new CommandException(
        "journal: no journal in " + folder + ", the data_dir of the configuration; check --config");
  }

  private static FolderLock lock(Path folder) throws CommandException {
    try {
      return FolderLock.acquire(folder);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Converts an I/O error into a message for the user. */
  static CommandException failure(IOException e) {
    return new CommandException("journal: " + Optional.ofNullable(e.getMessage()).orElse("" + e));
  }

  OfflineJournal journal() {
    return journal;
  }

  /**
   * Requires a cursor for a sink.
   *
   * @throws CommandException if it has none; the message lists the sinks with a cursor
   */
  void requireCursor(String sink) throws CommandException {
    if (!journal.cursors().containsKey(sink)) {
      throw new CommandException(
          "journal: sink "
              + sink
              + " has no cursor; sinks with a cursor: "
              + journal.cursors().keySet().stream().filter(id -> !id.startsWith(".")).toList());
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
