package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux counts of a process, at one moment; also of a Windows program under Wine, which is a
 * process like any other.
 *
 * @param residentKb memory in use, pages shared with other processes included
 * @param peakKb the most it ever was
 * @param proportionalKb memory, shared pages counted by share; -1 if Linux does not report it
 * @param privateDirtyKb memory that this process alone has and has written to: what it costs the
 *     machine, whatever else runs; -1 if Linux does not report it
 * @param cpuTicks of a hundredth of a second, in user and in kernel mode
 * @param wakeUps how often threads that are alive went to sleep of their own accord, and so woke
 * @param writtenBytes sent to the disk
 */
record ProcessFigures(
    long residentKb,
    long peakKb,
    long proportionalKb,
    long privateDirtyKb,
    long cpuTicks,
    long wakeUps,
    long writtenBytes,
    long threads) {

  static ProcessFigures of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    return new ProcessFigures(
        number(status, "VmRSS:"),
        number(status, "VmHWM:"),
        rollup(proc, "Pss:"),
        rollup(proc, "Private_Dirty:"),
        ticks(Files.readString(proc.resolve("stat"))),
        wakeUps(proc),
        number(Files.readAllLines(proc.resolve("io")), "write_bytes:"),
        number(status, "Threads:"));
  }

  private static long rollup(Path proc, String name) throws IOException {
    Path rollup = proc.resolve("smaps_rollup");
    return Files.isReadable(rollup) ? number(Files.readAllLines(rollup), name) : -1;
  }

  /** Fields 14 and 15; counted from the end of the name, which may hold anything. */
  private static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static long wakeUps(Path proc) throws IOException {
    List<Path> tasks;
    try (Stream<Path> files = Files.list(proc.resolve("task"))) {
      tasks = files.toList();
    }
    long sum = 0;
    for (Path task : tasks) {
      try {
        sum += number(Files.readAllLines(task.resolve("status")), "voluntary_ctxt_switches:");
      } catch (NoSuchFileException e) {
        // a thread that ended meanwhile takes its count with it
      }
    }
    return sum;
  }

  private static long number(List<String> lines, String name) throws IOException {
    for (String line : lines) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("no " + name + " among " + lines.size() + " lines");
  }
}
