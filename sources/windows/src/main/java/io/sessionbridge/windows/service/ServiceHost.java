package io.sessionbridge.windows.service;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerRequests;
import io.sessionbridge.windows.power.PowerTopic;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program as a Windows service: one per process, as Windows has it.
 *
 * <pre>{@code
 * public static void main(String[] args) throws WindowsException {
 *   if (ServiceHost.run("Name", program) == ServiceHost.Outcome.NOT_A_SERVICE) {
 *     ... // somebody typed the command
 *   }
 * }
 * }</pre>
 *
 * <p>Windows waits 30 s for a new process to call {@link #run}, the start of Java included; so call
 * it first. The program then runs on the thread {@code service-main}; controls come on the thread
 * that called {@link #run}, or on one named {@code scm-handler}, and are answered at once.
 */
public final class ServiceHost {

  /** How it ended. */
  public enum Outcome {
    /** The service ran, and has stopped. */
    RAN,
    /** The process was not started by the service manager (error 1063); nothing happened. */
    NOT_A_SERVICE
  }

  /** With which a program that fails in an unexpected way stops. */
  private static final int FAILED = 1;

  private static final int CALL_NOT_IMPLEMENTED = 120;
  private static final int FAILED_SERVICE_CONTROLLER_CONNECT = 1063;

  private static final long END_SECONDS = 30;

  private static final AtomicReference<@Nullable ServiceHost> CURRENT = new AtomicReference<>();

  private final ServiceSystem system;
  private final String name;
  private final ServiceProgram program;
  private final StatusReporter reporter;
  private final SignsOfLife signs;
  private final PowerRequests power;
  private final WaitingEvents events;
  private final StopRequest stop = new StopRequest();
  private final CountDownLatch ended = new CountDownLatch(1);

  ServiceHost(ServiceSystem system, String name, ServiceProgram program) {
    this.system = system;
    this.name = name;
    this.program = program;
    this.reporter = new StatusReporter(system);
    this.signs = new SignsOfLife(reporter, SignsOfLife.EVERY);
    this.power = new PowerRequests(system, PowerTopic.ofService());
    this.events = new WaitingEvents(power::refused, power::renew);
  }

  /**
   * Runs the program as the service that the service manager started this process for. Returns when
   * the service has stopped. Windows may end the process then, so nothing that matters comes after.
   *
   * @param name of the service
   * @throws WindowsException if Windows refuses for another reason than that this is no service,
   *     for instance because this process has run as a service already
   */
  public static Outcome run(String name, ServiceProgram program) throws WindowsException {
    return new ServiceHost(new AdvapiService(), name, program).run();
  }

  /** What Windows tells this service; empty in a process that is none. */
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

  /** The dispatcher returns when the state is stopped, while the main function may still run. */
  private void awaitEnd() throws WindowsException {
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        throw new WindowsException("the service has stopped, but its program runs");
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
      system.logError(name, "The service cannot be controlled: " + e);
      system.giveUp();
      return;
    }
    CURRENT.set(this);
    signs.start();
    int code = runProgram();
    power.end();
    signs.end();
    CURRENT.set(null);
    try {
      reporter.stopped(code);
    } catch (WindowsException e) {
      system.logError(name, "Windows does not accept that the service has stopped: " + e);
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

  /** By the thread that Windows calls, while Windows waits. */
  private int handle(int control, int eventType, ControlData data) {
    switch (control) {
      case Controls.INTERROGATE -> {
        return ErrorCode.NONE; // Windows has the state that was reported last
      }
      case Controls.STOP -> stop();
      case Controls.PRESHUTDOWN -> {
        events.tell(new ServiceEvent.ShuttingDown());
        stop();
      }
      case Controls.SESSIONCHANGE, Controls.POWEREVENT, Controls.TIMECHANGE ->
          ControlDecoder.decode(control, eventType, data).ifPresent(events::tell);
      default -> {
        return CALL_NOT_IMPLEMENTED;
      }
    }
    return ErrorCode.NONE;
  }

  private void stop() {
    reportStopping();
    stop.ask();
  }

  private void reportStopping() {
    try {
      if (reporter.stopping()) {
        new SignsOfLife(reporter, SignsOfLife.EVERY).start();
      }
    } catch (WindowsException e) {
      system.logError(name, "Windows does not accept that the service is stopping: " + e);
    }
  }

  /** What the program may do. */
  private final class Control implements ServiceControl {

    @Override
    public void running() {
      try {
        if (reporter.running()) {
          signs.end();
          power.renew();
        }
      } catch (WindowsException e) {
        system.logError(name, "Windows does not accept that the service is running: " + e);
        stop.ask();
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
