package io.sessionbridge.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command and all processes that it started. They are found as its descendants, and on Linux also
 * by an inherited environment variable, which finds children whose parent has ended. A child that
 * clears its environment and outlives its parent is not found. \n
 *
 * <p>For use by one thread.
 */
public final class CommandTree {

  private static final Logger LOG = LoggerFactory.getLogger(CommandTree.class);

  private static final String MARK = "SESSIONBRIDGE_TREE";
  private static final Path PROC = Path.of("/proc");

  /** The time for killed processes to end, including those started meanwhile. */
  private static final Duration KILLING = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Process process;
  private final byte[] mark;
  private final int niceness;

  /** When the command started; no process of the tree is older. 0 if unknown. */
  private final long startedAt;

  private final Set<ProcessHandle> seen = new HashSet<>();

  private CommandTree(Process process, String mark, int niceness) {
    this.process = process;
    this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
    this.niceness = niceness;
    this.startedAt =
        ProcessTable.entry(process.pid()).map(ProcessTable.Entry::startedAt).orElse(0L);
  }

  /**
   * Starts the command with the standard streams and in the session of this program, so that it
   * shares the terminal.
   */
  public static CommandTree start(List<String> command, ProcessGuard guard) throws IOException {
    return start(new ProcessBuilder(command).inheritIO(), CommandPrefix.ownNiceness(), guard);
  }

  /**
   * Starts the command in its own session, with pipes for its streams; its error stream is merged
   * into its output.
   *
   * @throws IOException if it cannot be started. If a prefix tool starts it, the failure appears in
   *     the output and as exit code 126 or 127 instead
   */
  public static CommandTree start(CommandOrder order, ProcessGuard guard) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(CommandPrefix.of(order)).redirectErrorStream(true);
    order.folder().ifPresent(folder -> builder.directory(folder.toFile()));
    if (order.user().isPresent()) {
      Account user = order.user().get();
      String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
      builder.environment().clear(); // the agent's environment is not for the user
      builder.environment().put("PATH", path);
      builder.environment().put("HOME", user.home());
      builder.environment().put("USER", user.name());
      builder.environment().put("LOGNAME", user.name());
      builder.environment().put("SHELL", user.shell());
      if (order.folder().isEmpty()) {
        builder.directory(new File(user.home()));
      }
    }
    builder.environment().putAll(order.environment());
    return start(builder, CommandPrefix.niceness(order), guard);
  }

  private static CommandTree start(ProcessBuilder builder, int niceness, ProcessGuard guard)
      throws IOException {
    guard.watch();
    String mark = UUID.randomUUID().toString();
    builder.environment().put(MARK, mark);
    guard.mark(builder.environment());
    return new CommandTree(builder.start(), mark, niceness);
  }

  /** The command itself. */
  public Process process() {
    return process;
  }

  /** Records the current members of the tree, in case a parent ends before its child. */
  public void look() {
    seen.removeIf(handle -> !handle.isAlive());
    Set<ProcessHandle> found = process.descendants().collect(Collectors.toSet());
    for (ProcessHandle known : seen) { // each call of descendants() reads all processes
      if (!found.contains(known)) {
        known.descendants().forEach(found::add);
      }
    }
    seen.addAll(found);
  }

  /** The live processes of the tree. */
  private List<ProcessHandle> alive() {
    Optional<ProcessTable> read = ProcessTable.read();
    if (read.isEmpty()) {
      look();
      Set<ProcessHandle> all = new HashSet<>(seen);
      all.add(process.toHandle());
      return all.stream().filter(ProcessHandle::isAlive).toList();
    }
    ProcessTable table = read.get();
    seen.removeIf(handle -> !table.lives(handle.pid()) || !handle.isAlive());
    Set<Long> members = new HashSet<>();
    if (process.isAlive()) {
      members.add(process.pid());
    }
    seen.forEach(handle -> members.add(handle.pid()));
    table.addDescendants(members);
    for (ProcessTable.Entry entry : table.since(startedAt)) {
      if (!members.contains(entry.pid()) && isMarked(entry.pid())) {
        members.add(entry.pid());
      }
    }
    table.addDescendants(members); // their children may have cleared the environment
    members.stream()
        .filter(table::lives)
        .map(ProcessHandle::of)
        .flatMap(Optional::stream)
        .forEach(seen::add);
    return List.copyOf(seen);
  }

  private boolean isMarked(long pid) {
    try {
      return contains(Files.readAllBytes(PROC.resolve(pid + "/environ")), mark);
    } catch (IOException | SecurityException e) {
      return false; // another user's process, or it has ended
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

  /** Requests all processes to end. */
  public void stop() {
    alive().forEach(ProcessHandle::destroy);
  }

  /**
   * Kills all processes, including those started meanwhile. An interrupt does not shorten this.
   *
   * @return the processes that cannot be killed, such as those of another user
   */
  public List<String> kill() {
    long end = System.nanoTime() + KILLING.toNanos();
    List<ProcessHandle> left = alive();
    boolean interrupted = false;
    while (!left.isEmpty() && System.nanoTime() - end < 0) {
      left.forEach(ProcessHandle::destroyForcibly);
      interrupted |= awaitEnds(left, Math.min(end, System.nanoTime() + LOOK.toNanos()));
      left = alive();
    }
    if (left.isEmpty()) { // until the exit code has been collected
      interrupted |= awaitEnds(List.of(process.toHandle()), end);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return pids(left);
  }

  /**
   * Waits for all of them.
   *
   * @param end as {@link System#nanoTime}
   * @return whether this thread was interrupted; its interrupt flag is cleared, or the next wait
   *     would return at once
   */
  static boolean awaitEnds(List<ProcessHandle> handles, long end) {
    boolean interrupted = false;
    for (ProcessHandle handle : handles) {
      boolean waits = true;
      while (waits) {
        try {
          handle.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
          waits = false;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
          LOG.debug("process {} has not ended", handle.pid(), e);
          waits = false;
        }
      }
    }
    return interrupted;
  }

  /** Suspends all processes; twice, to include those started meanwhile. */
  public void suspend() throws IOException, InterruptedException {
    signal("STOP");
    signal("STOP");
  }

  /** Resumes all processes. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String script = "kill -s " + name + " \"$@\" 2>/dev/null || true";
    int code = run(List.of("/bin/sh", "-c", script, "sh"), alive());
    if (code != 0) {
      throw new IOException("/bin/sh ended with " + code);
    }
  }

  /** Sets the lowest priority for all processes. */
  public void lower() throws IOException, InterruptedException {
    renice("19", alive());
  }

  /** Restores the initial priority of all processes, which only an administrator may do. */
  public void raise() throws IOException, InterruptedException {
    renice(String.valueOf(niceness), alive());
  }

  /** The tool fails if one of the processes has ended meanwhile, which is not an error. */
  static void renice(String niceness, List<ProcessHandle> handles)
      throws IOException, InterruptedException {
    List<String> tool = List.of("renice", "-n", niceness, "-p");
    if (handles.isEmpty() || run(tool, handles) == 0) {
      return;
    }
    for (ProcessHandle handle : handles) {
      int code = run(tool, List.of(handle));
      if (code != 0 && handle.isAlive()) {
        throw new IOException("renice ended with " + code + " for process " + handle.pid());
      }
    }
  }

  /** Returns the exit code. */
  private static int run(List<String> tool, List<ProcessHandle> handles)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(tool);
    command.addAll(pids(handles));
    Process running =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return running.waitFor();
  }

  private static List<String> pids(List<ProcessHandle> handles) {
    return handles.stream().map(handle -> String.valueOf(handle.pid())).toList();
  }
}
