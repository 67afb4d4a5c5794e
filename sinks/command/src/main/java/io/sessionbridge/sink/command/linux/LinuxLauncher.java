package io.sessionbridge.sink.command.linux;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.process.Account;
import io.sessionbridge.process.CommandOrder;
import io.sessionbridge.process.CommandTree;
import io.sessionbridge.process.ProcessGuard;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.process.Streams;
import io.sessionbridge.sink.command.process.UserDomain;
import io.sessionbridge.sink.command.process.UserGroup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts programs on Linux, with one watchdog for the whole sink. */
public final class LinuxLauncher implements Launcher {

  private final ProcessGuard guard = new ProcessGuard();
  private final boolean root;

  /**
   * @param root whether the agent runs as root, and so may run programs as others
   */
  public LinuxLauncher(boolean root) {
    this.root = root;
  }

  @Override
  public Running start(Launch launch) throws IOException, UserGoneException, InterruptedException {
    Program program = launch.program();
    Optional<Account> user = Optional.empty();
    if (launch.user().isPresent()) {
      user = Optional.of(account(launch.user().get()));
    }
    CommandOrder order =
        new CommandOrder(
            launch.command(),
            user,
            program.folder(),
            launch.environment(),
            program.priority().niceness(),
            program.memory());
    CommandTree tree = CommandTree.start(order, guard);
    Streams streams =
        Streams.start(
            tree.process().getInputStream(), tree.process().getOutputStream(), launch.input());
    return new LinuxRunning(tree, streams);
  }

  private static Account account(Launch.SessionUser user)
      throws IOException, UserGoneException, InterruptedException {
    if (user.name().isEmpty()) {
      throw new UserGoneException("the event has no user name");
    }
    String name = user.name().get();
    Account found =
        Account.find(name, user.domain())
            .orElseThrow(
                () -> new IOException("run_as: this system does not know the session's user"));
    if (found.uid() == 0) {
      throw new IOException("run_as: session_user does not run commands as root");
    }
    return found;
  }

  @Override
  public List<UserGroup> groups(EventData event, boolean own)
      throws IOException, UserGoneException, InterruptedException {
    Optional<String> name = event.find(Field.USER_NAME);
    if (name.isEmpty()) {
      return List.of();
    }
    Optional<String> domain = UserDomain.of(event);
    if (!own && domain.isEmpty()) {
      throw new UserGoneException("the user exists on another host only");
    }
    return Account.groups(name.get(), domain).stream()
        .map(
            number -> new UserGroup(Optional.empty(), () -> Optional.of(Account.groupName(number))))
        .toList();
  }

  @Override
  public Optional<String> missing(Program program) {
    if (program.elevated()) {
      return Optional.of("elevated: is available on Windows only");
    }
    return program.runAs() == RunAs.SESSION_USER && !root
        ? Optional.of("run_as: session_user needs an agent that runs as root")
        : Optional.empty();
  }

  @Override
  public void close() {
    guard.close();
  }
}
