package io.sessionbridge.sink.command.process;

import io.sessionbridge.event.EventData;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.writers.ProgramGuard;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts only programs that the guard accepts. */
public final class GuardedLauncher implements Launcher {

  private final Launcher launcher;
  private final ProgramGuard guard;

  public GuardedLauncher(Launcher launcher, ProgramGuard guard) {
    this.launcher = launcher;
    this.guard = guard;
  }

  @Override
  public Running start(Launch launch) throws IOException, UserGoneException, InterruptedException {
    guard.require(launch.program());
    return launcher.start(launch);
  }

  @Override
  public List<UserGroup> groups(EventData event, boolean own)
      throws IOException, UserGoneException, InterruptedException {
    return launcher.groups(event, own);
  }

  @Override
  public Optional<String> missing(Program program) {
    return launcher.missing(program);
  }

  @Override
  public void close() {
    launcher.close();
  }
}
