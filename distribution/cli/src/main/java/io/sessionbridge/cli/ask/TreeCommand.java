package io.sessionbridge.cli.ask;

import io.sessionbridge.process.CommandTree;
import io.sessionbridge.process.ProcessGuard;
import java.io.IOException;
import java.util.List;

/** A command and its descendants, on systems without jobs. */
final class TreeCommand implements RunningCommand {

  /** Kills the remaining processes when this program ends. */
  private static final ProcessGuard GUARD = new ProcessGuard();

  private final CommandTree tree;

  private TreeCommand(CommandTree tree) {
    this.tree = tree;
  }

  static TreeCommand start(List<String> command) throws IOException {
    return new TreeCommand(CommandTree.start(command, GUARD));
  }

  @Override
  public int awaitEnd() throws InterruptedException {
    return tree.process().waitFor();
  }

  @Override
  public void look() {
    tree.look();
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
}
