package io.sessionbridge.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot of all Linux processes: one small read for each, whereas {@link ProcessHandle} reads
 * all of them for each query.
 */
final class ProcessTable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTable.class);

  private static final Path PROC = Path.of("/proc");

  // proc(5), indexes of the fields after the name
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int STARTED = 19;

  private final Map<Long, Entry> entries;
  private final Map<Long, List<Entry>> children = new HashMap<>();

  /**
   * A process that has not ended.
   *
   * @param startedAt in ticks since the boot
   */
  record Entry(long pid, long parent, long startedAt) {}

  private ProcessTable(Map<Long, Entry> entries) {
    this.entries = entries;
    for (Entry entry : entries.values()) {
      children.computeIfAbsent(entry.parent(), unused -> new ArrayList<>()).add(entry);
    }
  }

  /** Empty if this system has no /proc. */
  static Optional<ProcessTable> read() {
    Map<Long, Entry> entries = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        entry(Long.parseLong(folder.toString().substring(PROC.toString().length() + 1)))
            .ifPresent(entry -> entries.put(entry.pid(), entry));
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("the processes cannot be read from {}", PROC, e);
      return Optional.empty();
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(new ProcessTable(entries));
  }

  /** Empty if it has ended, even if its exit code has not been collected yet. */
  static Optional<Entry> entry(long pid) {
    try {
      return parse(
          pid,
          new String(Files.readAllBytes(PROC.resolve(pid + "/stat")), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // ended meanwhile
    }
  }

  /** The name, which may contain anything, ends with the last parenthesis. */
  static Optional<Entry> parse(long pid, String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= STARTED || fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(pid, Long.parseLong(fields[PARENT]), Long.parseLong(fields[STARTED])));
  }

  boolean lives(long pid) {
    return entries.containsKey(pid);
  }

  /** The processes that started at this time or later. */
  List<Entry> since(long startedAt) {
    return entries.values().stream().filter(entry -> entry.startedAt() >= startedAt).toList();
  }

  /** Adds all descendants of these processes. */
  void addDescendants(Set<Long> pids) {
    Deque<Long> todo = new ArrayDeque<>(pids);
    while (!todo.isEmpty()) {
      for (Entry child : children.getOrDefault(todo.pop(), List.of())) {
        if (pids.add(child.pid())) {
          todo.push(child.pid());
        }
      }
    }
  }
}
