package io.sessionbridge.sink.command.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.process.Streams;
import io.sessionbridge.sink.command.process.UserGroup;
import io.sessionbridge.windows.process.JobProcess;
import io.sessionbridge.windows.process.ProcessException;
import io.sessionbridge.windows.process.ProcessOrder;
import io.sessionbridge.windows.process.SessionAccount;
import io.sessionbridge.windows.process.SessionOwner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Starts programs on Windows, each in its own job. */
public final class WindowsLauncher implements Launcher {

  @Override
  public Running start(Launch launch) throws IOException, UserGoneException {
    Program program = launch.program();
    OptionalLong session = OptionalLong.empty();
    SessionOwner owner = SessionOwner.ANY;
    if (launch.user().isPresent()) {
      Launch.SessionUser user = launch.user().get();
      session = user.session();
      owner = new SessionOwner(user.sid(), user.name(), user.eventDomain());
      if (session.isEmpty()) {
        throw new UserGoneException("the event has no session");
      }
    }
    ProcessOrder order =
        new ProcessOrder(
            launch.command(),
            session,
            owner,
            program.elevated(),
            program.folder(),
            launch.environment(),
            program.priority().windows(),
            program.memory(),
            true);
    JobProcess process = start(order);
    InputStream output = process.output().orElseThrow();
    OutputStream input = process.input().orElseThrow();
    return new WindowsRunning(
        process, program.priority(), Streams.start(output, input, launch.input()));
  }

  private static JobProcess start(ProcessOrder order) throws IOException, UserGoneException {
    try {
      return JobProcess.start(order);
    } catch (ProcessException e) {
      if (e.isUserGone()) {
        throw new UserGoneException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public List<UserGroup> groups(EventData event, boolean own)
      throws IOException, UserGoneException {
    Optional<Long> session = event.find(Field.SESSION_ID);
    if (!own || session.isEmpty()) {
      throw new UserGoneException("groups are known only for sessions of this host");
    }
    try {
      SessionOwner owner =
          new SessionOwner(
              event.find(Field.USER_SID),
              event.find(Field.USER_NAME),
              event.find(Field.USER_DOMAIN));
      return SessionAccount.groups(session.get(), owner).stream()
          .map(sid -> new UserGroup(Optional.of(sid), () -> SessionAccount.groupName(sid)))
          .toList();
    } catch (ProcessException e) {
      if (e.isUserGone()) {
        throw new UserGoneException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public Optional<String> missing(Program program) {
    if (program.runAs() == RunAs.AGENT || SessionAccount.isLocalSystem()) {
      return Optional.empty();
    }
    return Optional.of(
        (program.elevated() ? "elevated: true" : "run_as: session_user")
            + " needs an agent that runs as LocalSystem, as the service does: only that account"
            + " gets the token of another user");
  }

  @Override
  public void close() {
    // each job ends with its program
  }
}
