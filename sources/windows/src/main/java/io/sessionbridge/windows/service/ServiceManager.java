package io.sessionbridge.windows.service;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Installs, starts, stops and removes services. Methods are idempotent: each does what is missing
 * and reports what it did. All but {@link #report} need administrator rights.
 */
public final class ServiceManager {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final ServiceDatabase database;
  private final Consumer<String> progress;

  /**
   * The manager of this machine.
   *
   * @param progress receives a sentence for each step that was done or failed
   */
  public ServiceManager(Consumer<String> progress) {
    this(new AdvapiDatabase(), progress);
  }

  ServiceManager(ServiceDatabase database, Consumer<String> progress) {
    this.database = database;
    this.progress = progress;
  }

  /** Installs the service, or updates an existing one. Does not start it. */
  public void install(ServiceInstallation wanted) throws WindowsException {
    String name = wanted.name();
    int error = whenReady(() -> database.create(wanted));
    if (error == ErrorCode.SERVICE_EXISTS) {
      change(wanted);
    } else {
      require(name, "cannot be installed", error);
      progress.accept("service " + name + " is installed and starts with Windows");
    }
    for (ServiceSetting setting : ServiceSetting.values()) {
      int refused = database.set(wanted, setting);
      if (refused != ErrorCode.NONE) {
        progress.accept("cannot set " + setting.text() + " (" + ErrorCode.text(refused) + ")");
      }
    }
    if (isAlive(report(name))) {
      progress.accept("service " + name + " keeps its old settings until it is restarted");
    }
  }

  private void change(ServiceInstallation wanted) throws WindowsException {
    String name = wanted.name();
    Optional<String> before = database.commandLine(name);
    require(name, "cannot be changed", whenReady(() -> database.change(wanted)));
    progress.accept("service " + name + " already existed; its settings are updated");
    if (before.isPresent() && !before.get().equals(wanted.commandLine())) {
      progress.accept("its command line was: " + before.get());
      progress.accept("its command line is now: " + wanted.commandLine());
    }
  }

  /** Stops the service if it runs, and removes it. */
  public void uninstall(String name) throws WindowsException {
    if (report(name).isEmpty()) {
      progress.accept("service " + name + " is not installed");
    } else {
      stop(name);
      remove(name);
    }
    int error = database.removeEventLogSource(name);
    if (error != ErrorCode.NONE) {
      progress.accept("its event log source cannot be removed (" + ErrorCode.text(error) + ")");
    }
  }

  private void remove(String name) throws WindowsException {
    int error = database.delete(name);
    if (error != ErrorCode.SERVICE_MARKED_FOR_DELETE && error != ErrorCode.SERVICE_DOES_NOT_EXIST) {
      require(name, "cannot be removed", error);
    }
    if (await(name, SOON, Optional::isEmpty).isPresent()) {
      progress.accept(
          "service "
              + name
              + " will be removed once no program uses it, for instance the list of services");
    } else {
      progress.accept("service " + name + " is removed");
    }
  }

  /** Starts the service, and returns once it is running. */
  public void start(String name) throws WindowsException {
    int error = whenReady(() -> database.start(name));
    if (error == ErrorCode.SERVICE_ALREADY_RUNNING) {
      progress.accept("service " + name + " is already running");
      return;
    }
    require(name, "cannot be started", error);
    Optional<ServiceReport> now =
        await(name, LONGEST, report -> !isIn(report, ServiceState.START_PENDING));
    if (!isIn(now, ServiceState.RUNNING)) {
      String how = now.map(ServiceReport::text).orElse("removed");
      String where =
          isIn(now, ServiceState.STOPPED)
              ? "; the reason is in its log and in the Application log of Windows"
              : "";
      throw new WindowsException("service " + name + " did not start: " + how + where);
    }
    progress.accept("service " + name + " is running");
  }

  /** Stops the service, and returns once it has stopped. */
  public void stop(String name) throws WindowsException {
    if (!isAlive(report(name))) {
      progress.accept("service " + name + " is not running");
      return;
    }
    int error = whenReady(() -> database.stop(name));
    if (error != ErrorCode.SERVICE_NOT_ACTIVE) {
      require(name, "cannot be stopped", error);
    }
    Optional<ServiceReport> now = await(name, LONGEST, report -> !isAlive(report));
    if (isAlive(now)) {
      throw new WindowsException("service " + name + " does not stop: " + now.get().text());
    }
    progress.accept(
        "service " + name + " is " + now.map(ServiceReport::text).orElse("stopped and removed"));
  }

  /** Empty if the service is not installed. */
  public Optional<ServiceReport> report(String name) throws WindowsException {
    return database.report(name);
  }

  /** Retries while the error is temporary. */
  private int whenReady(Supplier<Integer> call) throws WindowsException {
    int error = call.get();
    for (long waited = 0; isShort(error) && waited < SOON.toMillis(); waited += LOOK.toMillis()) {
      database.pause(LOOK);
      error = call.get();
    }
    return error;
  }

  private static boolean isShort(int error) {
    return error == ErrorCode.SERVICE_DATABASE_LOCKED
        || error == ErrorCode.SERVICE_MARKED_FOR_DELETE
        || error == ErrorCode.SERVICE_CANNOT_ACCEPT_CONTROL
        || error
            == ErrorCode.INVALID_SERVICE_CONTROL; // Wine's answer while the service is starting
  }

  private Optional<ServiceReport> await(
      String name, Duration atMost, Predicate<Optional<ServiceReport>> wanted)
      throws WindowsException {
    Optional<ServiceReport> now = report(name);
    for (long waited = 0;
        !wanted.test(now) && waited < atMost.toMillis();
        waited += LOOK.toMillis()) {
      database.pause(LOOK);
      now = report(name);
    }
    return now;
  }

  private static boolean isAlive(Optional<ServiceReport> report) {
    return report.isPresent() && !isIn(report, ServiceState.STOPPED);
  }

  private static boolean isIn(Optional<ServiceReport> report, ServiceState state) {
    return report.map(ServiceReport::state).filter(state::equals).isPresent();
  }

  private static void require(String name, String what, int error) throws WindowsException {
    if (error != ErrorCode.NONE) {
      String advice = error == ErrorCode.ACCESS_DENIED ? "; run this as administrator" : "";
      throw new WindowsException(
          "service " + name + " " + what + ": " + ErrorCode.text(error) + advice);
    }
  }
}
