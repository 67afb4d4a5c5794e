package io.sessionbridge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command with everything that it started. What it starts is found as its descendants, and on
 * Linux also by a variable of the environment that they inherit, so that a child is found whose
 * parent has ended. A child that clears its environment and outlives its parent escapes.
 *
 * <p>One thread.
 */
final class CommandTree {

  private static final Logger LOG = LoggerFactory.getLogger(CommandTree.class);

  private static final String MARK = "SESSIONBRIDGE_WHEN_IDLE";
  private static final Path PROC = Path.of("/proc");

  /** So often it is looked for processes that were started while others were ended. */
  private static final int ROUNDS = 20;

  private final Process process;
  private final byte[] mark;
  private final Set<ProcessHandle> seen = new HashSet<>();

  private CommandTree(Process process, String mark) {
    this.process = process;
    this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
    look();
  }

  /** Starts the command with the standard streams of this program. */
  static CommandTree start(List<String> command) throws IOException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(MARK, mark);
    return new CommandTree(builder.start(), mark);
  }

  Process process() {
    return process;
  }

  /** Remembers who belongs to the tree now, in case a parent ends before its child. */
  void look() {
    seen.removeIf(handle -> !handle.isAlive());
    process.descendants().forEach(seen::add);
    for (ProcessHandle known : List.copyOf(seen)) {
      known.descendants().forEach(seen::add);
    }
  }

  /** All of the tree that live. */
  private List<ProcessHandle> alive() {
    look();
    Set<ProcessHandle> all = new HashSet<>(seen);
    if (Files.isDirectory(PROC)) {
      ProcessHandle.allProcesses().filter(this::isMarked).forEach(all::add);
    }
    seen.addAll(all);
    all.add(process.toHandle());
    return all.stream().filter(ProcessHandle::isAlive).toList();
  }

  private boolean isMarked(ProcessHandle handle) {
    try {
      return contains(Files.readAllBytes(PROC.resolve(handle.pid() + "/environ")), mark);
    } catch (IOException | SecurityException e) {
      return false; // of another user, or gone
    }
  }

  private static boolean contains(byte[] environment, byte[] entry) {
    int start = 0;
    for (int i = 0; i <= environment.length; i++) {
      if (i == environment.length || environment[i] == 0) {
        if (Arrays.equals(environment, start, i, entry, 0, entry.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  /** Asks all to end. */
  void stop() {
    alive().forEach(ProcessHandle::destroy);
  }

  /** Ends all, also those that are started meanwhile. */
  void kill() {
    for (int i = 0; i < ROUNDS; i++) {
      List<ProcessHandle> left = alive();
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      left.forEach(CommandTree::awaitEnd);
    }
    LOG.warn("processes of the command are left: {}", pids(alive()));
  }

  private static void awaitEnd(ProcessHandle handle) {
    try {
      handle.onExit().get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      LOG.debug("process {} has not ended", handle.pid(), e);
    }
  }

  /** Stops all where they are; twice, for those that were started meanwhile. */
  void suspend() throws IOException, InterruptedException {
    signal("STOP");
    signal("STOP");
  }

  /** Lets all go on. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    run(List.of("/bin/sh", "-c", "kill -s " + name + " \"$@\" 2>/dev/null || true", "sh"));
  }

  /** Gives all the lowest priority. */
  void lower() throws IOException, InterruptedException {
    run(List.of("renice", "-n", "19", "-p"));
  }

  /** Gives all their priority back, which the system allows to administrators only. */
  void raise() throws IOException, InterruptedException {
    run(List.of("renice", "-n", "0", "-p"));
  }

  private void run(List<String> tool) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(tool);
    command.addAll(pids(alive()));
    Process running =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = running.waitFor();
    if (code != 0) {
      throw new IOException(tool.get(0) + " ended with " + code);
    }
  }

  private static List<String> pids(List<ProcessHandle> handles) {
    return handles.stream().map(handle -> String.valueOf(handle.pid())).toList();
  }
}
