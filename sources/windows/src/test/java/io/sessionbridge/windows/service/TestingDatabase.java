package io.sessionbridge.windows.service;

import io.sessionbridge.windows.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The services of a Windows that has one. Waiting advances the time. */
final class TestingDatabase implements ServiceDatabase {

  @Nullable ServiceInstallation installed;
  ServiceState state = ServiceState.STOPPED;
  int error;
  boolean markedForDeletion;

  /** What the next calls that change something return instead of doing it. */
  final Queue<Integer> nextErrors = new ArrayDeque<>();

  final Map<ServiceSetting, Integer> refusedSettings = new EnumMap<>(ServiceSetting.class);

  /** How long a start or a stop takes; longer than any test waits for one that hangs. */
  Duration pending = Duration.ofSeconds(1);

  /** How long another program keeps a service that is marked for deletion. */
  Duration held = Duration.ZERO;

  /** What a service that starts becomes. */
  ServiceState becomes = ServiceState.RUNNING;

  private Duration waited = Duration.ZERO;

  private int next() {
    Integer planned = nextErrors.poll();
    return planned == null ? ErrorCode.NONE : planned;
  }

  @Override
  public int create(ServiceInstallation wanted) {
    int planned = next();
    if (planned != ErrorCode.NONE) {
      return planned;
    }
    if (installed != null) {
      return markedForDeletion ? ErrorCode.SERVICE_MARKED_FOR_DELETE : ErrorCode.SERVICE_EXISTS;
    }
    installed = wanted;
    return ErrorCode.NONE;
  }

  @Override
  public int change(ServiceInstallation wanted) {
    installed = wanted;
    return next();
  }

  @Override
  public Optional<String> commandLine(String name) {
    return Optional.ofNullable(installed).map(ServiceInstallation::commandLine);
  }

  @Override
  public int set(ServiceInstallation wanted, ServiceSetting setting) {
    return refusedSettings.getOrDefault(setting, ErrorCode.NONE);
  }

  @Override
  public int start(String name) {
    int planned = next();
    if (planned != ErrorCode.NONE) {
      return planned;
    }
    if (installed == null) {
      return ErrorCode.SERVICE_DOES_NOT_EXIST;
    }
    if (state != ServiceState.STOPPED) {
      return ErrorCode.SERVICE_ALREADY_RUNNING;
    }
    begin(ServiceState.START_PENDING);
    return ErrorCode.NONE;
  }

  @Override
  public int stop(String name) {
    int planned = next();
    if (planned != ErrorCode.NONE) {
      return planned;
    }
    if (state == ServiceState.START_PENDING) {
      return ErrorCode.SERVICE_CANNOT_ACCEPT_CONTROL;
    }
    begin(ServiceState.STOP_PENDING);
    return ErrorCode.NONE;
  }

  void begin(ServiceState newState) {
    state = newState;
    waited = Duration.ZERO;
  }

  @Override
  public int delete(String name) {
    if (markedForDeletion) {
      return ErrorCode.SERVICE_MARKED_FOR_DELETE;
    }
    markedForDeletion = true;
    waited = Duration.ZERO;
    return next();
  }

  @Override
  public int removeEventLogSource(String name) {
    return refusedSettings.getOrDefault(ServiceSetting.EVENT_LOG, ErrorCode.NONE);
  }

  @Override
  public Optional<ServiceReport> report(String name) {
    if (markedForDeletion && waited.compareTo(held) >= 0) {
      installed = null;
    }
    int windowsError = error == 0 ? 0 : 1066;
    long process = state == ServiceState.STOPPED ? 0 : 42;
    return installed == null
        ? Optional.empty()
        : Optional.of(new ServiceReport(state, process, windowsError, error));
  }

  @Override
  public void pause(Duration time) {
    waited = waited.plus(time);
    if (waited.compareTo(pending) >= 0) {
      if (state == ServiceState.START_PENDING) {
        state = becomes;
      } else if (state == ServiceState.STOP_PENDING) {
        state = ServiceState.STOPPED;
      }
    }
    if (markedForDeletion && waited.compareTo(held) >= 0) {
      installed = null;
      markedForDeletion = false;
    }
  }
}
