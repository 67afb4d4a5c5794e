package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerSystem;
import io.sessionbridge.windows.power.PowerTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Windows of one window, whose time passes and whose services come when the test says so. */
final class TestingMessages implements MessageSystem {

  static final int WM_QUIT = 0x12;

  /** Instead of a message: the window is silently gone. */
  private static final int GONE = -1;

  /** What a wait can end with: a message, or something that happened. */
  private record Input(WakeReason why, int code, long wParam, long lParam) {}

  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final List<Input> queue = new ArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final BlockingQueue<Integer> registerResults = new LinkedBlockingQueue<>();
  volatile Optional<Long> ownSession = Optional.of(1L);
  final Map<PowerTopic, Integer> refusals = new ConcurrentHashMap<>();
  final Map<Long, byte[]> memory = new ConcurrentHashMap<>();
  volatile boolean refusesWindows;
  final AtomicInteger windowsToRefuse = new AtomicInteger();
  volatile boolean waitFails;
  volatile long nanos;
  private volatile boolean alive;
  private @Nullable Handler handler;

  void post(int code, long wParam, long lParam) {
    inputs.add(new Input(WakeReason.BY_MESSAGE, code, wParam, lParam));
  }

  void change(int code, long session) {
    post(WindowMessage.WM_WTSSESSION_CHANGE, code, session);
  }

  void windowGoes() {
    post(GONE, 0, 0);
  }

  void timePasses() {
    inputs.add(new Input(WakeReason.BY_TIME, 0, 0, 0));
  }

  void servicesBecomeReady() {
    inputs.add(new Input(WakeReason.BY_SERVICES_READY, 0, 0, 0));
  }

  @Override
  public Window open(String className, Handler newHandler) throws WindowsException {
    calls.add("open " + className + " by " + Thread.currentThread().getName());
    if (refusesWindows || windowsToRefuse.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw WindowsException.of("CreateWindowEx", 1400);
    }
    handler = newHandler;
    alive = true;
    return new OnlyWindow();
  }

  @Override
  public void unregisterClass(String className) {
    calls.add("forget " + className);
  }

  @Override
  public byte[] read(long address, int count) {
    byte[] bytes = memory.get(address);
    return bytes == null ? new byte[0] : Arrays.copyOf(bytes, count);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public boolean pause(CountDownLatch latch, long millis) {
    calls.add("pause " + millis);
    return latch.getCount() == 0;
  }

  @Override
  public Optional<Long> ownSession() {
    return ownSession;
  }

  private final class OnlyWindow implements Window {

    @Override
    public int register(SessionScope scope) {
      Integer result = registerResults.poll();
      calls.add("register " + scope + " -> " + (result == null ? 0 : result));
      return result == null ? 0 : result;
    }

    @Override
    public void unregister() {
      calls.add("unregister");
    }

    @Override
    public PowerSystem power() {
      return new PowerSystem() {
        @Override
        public OptionalInt register(PowerTopic topic) {
          calls.add("power " + topic);
          Integer error = refusals.get(topic);
          return error == null ? OptionalInt.empty() : OptionalInt.of(error);
        }

        @Override
        public void unregisterAll() {
          calls.add("power off");
        }
      };
    }

    @Override
    public WakeReason await(long millis, boolean untilServicesReady) throws WindowsException {
      if (millis != FOREVER) {
        calls.add("wait " + millis + (untilServicesReady ? " or ready" : ""));
      }
      if (waitFails) {
        waitFails = false;
        throw WindowsException.of("MsgWaitForMultipleObjectsEx", 6);
      }
      try {
        Input input = inputs.take();
        if (input.why() == WakeReason.BY_MESSAGE) {
          queue.add(input);
        }
        return input.why();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public boolean dispatchPending() {
      while (!queue.isEmpty()) {
        Input input = queue.remove(0);
        if (input.code() == WM_QUIT) {
          return false;
        }
        if (input.code() == GONE) {
          alive = false;
          continue;
        }
        boolean handled = handler().handle(input.code(), input.wParam(), input.lParam());
        if (!handled) {
          calls.add("default " + input.code());
        }
      }
      return true;
    }

    @Override
    public boolean exists() {
      return alive;
    }

    @Override
    public void destroy() {
      calls.add("destroy");
      alive = false;
      handler().handle(WindowMessage.WM_DESTROY, 0, 0);
    }

    @Override
    public boolean post(int code) {
      if (alive) {
        TestingMessages.this.post(code, 0, 0);
      }
      return alive;
    }

    @Override
    public void postQuit() {
      calls.add("post quit");
      TestingMessages.this.post(WM_QUIT, 0, 0);
    }

    private Handler handler() {
      if (handler == null) {
        throw new AssertionError("no window");
      }
      return handler;
    }
  }
}
