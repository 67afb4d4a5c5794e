package io.sessionbridge.windows.service;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerRegistrations;
import io.sessionbridge.windows.power.PowerTopic;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program as a Windows service; Windows allows one per process.
 *
 * <pre>{@code
 * public static void main(String[] args) throws WindowsException {
 *   if (ServiceHost.run("Name", program) == ServiceHost.Outcome.NOT_A_SERVICE) {
 *     ... // started from a console
 *   }
 * }
 * }</pre>
 *
 * <p>Windows waits 30 s for a new process to call {@link #run}, including the start of Java, so
 * call it first. The program then runs on the thread {@code service-main}. Controls arrive on the
 * thread that called {@link #run}, or on one named {@code scm-handler}, and are answered at once.
 */
public final class ServiceHost {

  /** The outcome of {@link #run}. */
  public enum Outcome {
    /** The service ran and has stopped. */
    RAN,
    /** The process was not started by the service manager (error 1063); nothing was run. */
    NOT_A_SERVICE
  }

  /** The exit code of a program that fails unexpectedly. */
  private static final int FAILED = 1;

  private static final int CALL_NOT_IMPLEMENTED = 120;
  private static final int FAILED_SERVICE_CONTROLLER_CONNECT = 1063;

  private static final long END_SECONDS = 30;

  private static final AtomicReference<@Nullable ServiceHost> CURRENT = new AtomicReference<>();

  private final ServiceSystem system;
  private final String name;
  private final ServiceProgram program;
  private final StatusReporter reporter;
  private final ProgressReporter progress;
  private final PowerRegistrations power;
  private final BufferedEvents events;
  private final StopRequest stop = new StopRequest();
  private final CountDownLatch ended = new CountDownLatch(1);

  ServiceHost(ServiceSystem system, String name, ServiceProgram program) {
    this.system = system;
    this.name = name;
    this.program = program;
    this.reporter = new StatusReporter(system);
    this.progress = new ProgressReporter(reporter, ProgressReporter.INTERVAL);
    this.power = new PowerRegistrations(system, PowerTopic.ofService());
    this.events = new BufferedEvents(power::refused, power::renew);
  }

  /**
   * Runs the program as the service for which the service manager started this process. Returns
   * when the service has stopped. Windows may then end the process, so nothing important may
   * follow.
   *
   * @param name the service's name
   * @throws WindowsException if Windows refuses for any reason other than {@link
   *     Outcome#NOT_A_SERVICE}, for instance because this process has already run as a service
   */
  public static Outcome run(String name, ServiceProgram program) throws WindowsException {
    return new ServiceHost(new AdvapiService(), name, program).run();
  }

  /** The events of this service; empty if the process is not a service. */
  public static Optional<ServiceEvents> events() {
    return Optional.ofNullable(CURRENT.get()).map(host -> host.events);
  }

  Outcome run() throws WindowsException {
    int error = system.dispatch(name, this::serviceMain);
    if (error == FAILED_SERVICE_CONTROLLER_CONNECT) {
      return Outcome.NOT_A_SERVICE;
    }
    if (error != ErrorCode.NONE) {
      throw WindowsException.of("StartServiceCtrlDispatcher", error);
    }
    awaitEnd();
    return Outcome.RAN;
  }

  /** The dispatcher may return before the main function has ended. */
  private void awaitEnd() throws WindowsException {
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        throw new WindowsException("the service has stopped, but its program is still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serviceMain() {
    try {
      system.register(name, this::handle);
      reporter.starting();
    } catch (WindowsException | RuntimeException | Error e) {
      system.logError(name, "The service cannot receive controls: " + e);
      system.abort();
      return;
    }
    CURRENT.set(this);
    progress.start();
    int code = runProgram();
    power.end();
    progress.end();
    CURRENT.set(null);
    try {
      reporter.stopped(code);
    } catch (WindowsException e) {
      system.logError(name, "Windows rejected the status 'stopped': " + e);
    }
    ended.countDown();
  }

  private int runProgram() {
    try {
      return program.run(new Control());
    } catch (Exception | Error e) {
      system.logError(name, "The service failed: " + e);
      return FAILED;
    }
  }

  /** Called by Windows, which waits for the result. */
  private int handle(int control, int eventType, ControlData data) {
    switch (control) {
      case Controls.INTERROGATE -> {
        return ErrorCode.NONE; // Windows keeps the last reported status
      }
      case Controls.STOP -> stop();
      case Controls.PRESHUTDOWN -> {
        events.publish(new ServiceEvent.ShuttingDown());
        stop();
      }
      case Controls.SESSIONCHANGE, Controls.POWEREVENT, Controls.TIMECHANGE ->
          ControlDecoder.decode(control, eventType, data).ifPresent(events::publish);
      default -> {
        return CALL_NOT_IMPLEMENTED;
      }
    }
    return ErrorCode.NONE;
  }

  private void stop() {
    reportStopping();
    stop.request();
  }

  private void reportStopping() {
    try {
      if (reporter.stopping()) {
        new ProgressReporter(reporter, ProgressReporter.INTERVAL).start();
      }
    } catch (WindowsException e) {
      system.logError(name, "Windows rejected the status 'stopping': " + e);
    }
  }

  /** The program's handle on the service. */
  private final class Control implements ServiceControl {

    @Override
    public void running() {
      try {
        if (reporter.running()) {
          progress.end();
          power.renew();
        }
      } catch (WindowsException e) {
        system.logError(name, "Windows rejected the status 'running': " + e);
        stop.request();
      }
    }

    @Override
    public void stopping() {
      reportStopping();
    }

    @Override
    public void onStop(Runnable ask) {
      stop.onStop(ask);
    }
  }
}
