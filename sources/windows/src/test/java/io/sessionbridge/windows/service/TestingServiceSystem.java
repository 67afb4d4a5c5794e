package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerTopic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A service manager that starts one service, and sends what the test says. */
final class TestingServiceSystem implements ServiceSystem {

  final List<String> calls = new CopyOnWriteArrayList<>();
  final Map<PowerTopic, Integer> refusals = new EnumMap<>(PowerTopic.class);
  volatile int dispatchError;
  volatile boolean refusesHandler;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Handler handler;

  int send(int control, int eventType, byte... data) {
    Handler known = handler;
    if (known == null) {
      throw new AssertionError("no handler is registered");
    }
    return known.handle(control, eventType, count -> java.util.Arrays.copyOf(data, data.length));
  }

  @Override
  public int dispatch(String name, Runnable main) {
    if (dispatchError != 0) {
      return dispatchError;
    }
    Thread thread = new Thread(main, "service-main");
    thread.start();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return 0;
  }

  @Override
  public void register(String name, Handler newHandler) throws WindowsException {
    calls.add("register " + name);
    if (refusesHandler) {
      throw WindowsException.of("RegisterServiceCtrlHandlerEx", 126);
    }
    handler = newHandler;
  }

  @Override
  public void report(ServiceStatus status) {
    calls.add(
        status.state().text()
            + " accepts 0x"
            + Integer.toHexString(status.controls())
            + " error "
            + status.error()
            + " check point "
            + status.checkPoint());
    if (status.state() == ServiceState.STOPPED) {
      stopped.countDown();
    }
  }

  @Override
  public OptionalInt register(PowerTopic topic) {
    Integer error = refusals.get(topic);
    calls.add("listen " + topic + " -> " + error);
    return error == null ? OptionalInt.empty() : OptionalInt.of(error);
  }

  @Override
  public void unregisterAll() {
    calls.add("unregisterAll");
  }

  @Override
  public void logError(String name, String text) {
    calls.add("event log: " + text);
  }

  @Override
  public void abort() {
    calls.add("give up");
    stopped.countDown();
  }
}
