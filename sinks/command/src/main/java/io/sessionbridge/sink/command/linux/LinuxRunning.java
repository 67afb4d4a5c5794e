package io.sessionbridge.sink.command.linux;

import io.sessionbridge.process.CommandTree;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.process.Streams;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** A running program on Linux. */
final class LinuxRunning implements Running {

  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  private final CommandTree tree;
  private final Streams streams;

  LinuxRunning(CommandTree tree, Streams streams) {
    this.tree = tree;
    this.streams = streams;
  }

  @Override
  public OptionalInt await(Duration atMost) throws InterruptedException {
    return tree.process().waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)
        ? OptionalInt.of(tree.process().exitValue())
        : OptionalInt.empty();
  }

  @Override
  public void onEnd(IntConsumer listener) {
    var unused = tree.process().onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
  }

  @Override
  public void stop() {
    tree.stop();
  }

  @Override
  public List<String> kill() {
    return tree.kill();
  }

  @Override
  public void suspend() throws IOException, InterruptedException {
    tree.suspend();
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    tree.resume();
  }

  @Override
  public void lower() throws IOException, InterruptedException {
    tree.lower();
  }

  @Override
  public void raise() throws IOException, InterruptedException {
    tree.raise();
  }

  @Override
  public String output() throws InterruptedException {
    streams.awaitEnd(LAST_OUTPUT);
    return streams.text();
  }

  @Override
  public void close() {
    // The pipes end with the tree. A process that escaped keeps its pipe and one thread of the
    // agent.
  }
}
