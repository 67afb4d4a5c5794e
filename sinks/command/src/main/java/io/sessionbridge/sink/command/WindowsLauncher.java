package io.sessionbridge.sink.command;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.windows.process.JobProcess;
import io.sessionbridge.windows.process.ProcessException;
import io.sessionbridge.windows.process.ProcessOrder;
import io.sessionbridge.windows.process.SessionAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Programs of Windows, each in a job of its own. */
final class WindowsLauncher implements Launcher {

  @Override
  public Running start(Launch launch) throws IOException, UserGoneException {
    Program program = launch.program();
    OptionalLong session = OptionalLong.empty();
    Optional<String> sid = Optional.empty();
    if (launch.user().isPresent()) {
      session = launch.user().get().session();
      sid = launch.user().get().sid();
      if (session.isEmpty()) {
        throw new UserGoneException("the event has no session");
      }
    }
    ProcessOrder order =
        new ProcessOrder(
            launch.command(),
            session,
            sid,
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
      if (e.isNobody()) {
        throw new UserGoneException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public Set<String> groups(EventData event, boolean own) throws IOException, UserGoneException {
    Optional<Long> session = event.find(Field.SESSION_ID);
    if (!own || session.isEmpty()) {
      throw new UserGoneException("groups are known of sessions of this host only");
    }
    try {
      return SessionAccount.groups(session.get(), event.find(Field.USER_SID));
    } catch (ProcessException e) {
      if (e.isNobody()) {
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
            + " takes an agent that runs as LocalSystem, as the service does: only that account"
            + " gets the token of another user");
  }

  @Override
  public void close() {
    // each job ends with its program
  }
}
