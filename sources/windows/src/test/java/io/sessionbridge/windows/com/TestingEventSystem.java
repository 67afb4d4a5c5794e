package io.sessionbridge.windows.com;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An event system that a test makes fail. It calls sinks through their native functions. */
final class TestingEventSystem implements EventSystem {

  /** In order; what is not in it is done. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  final Queue<Integer> connectResults = new ConcurrentLinkedQueue<>();
  final Queue<Integer> storeResults = new ConcurrentLinkedQueue<>();
  final Queue<Integer> removeResults = new ConcurrentLinkedQueue<>();
  private final Map<String, EventSink> stored = new ConcurrentHashMap<>();

  private static void pass(String call, Queue<Integer> results) throws ComException {
    Integer result = results.poll();
    ComException.check(call, result == null ? Hresult.S_OK : result);
  }

  /** Delivers an event to every stored sink. */
  void lock(String user) {
    for (EventSink sink : stored.values()) {
      if (sink.type() == SensInterface.ISENS_LOGON) {
        NativeCaller caller = new NativeCaller(sink.pointer());
        caller.call(10, caller.texts.bstr(user));
      }
    }
  }

  /** As when the event system ends. */
  void forgetAll() {
    stored.values().forEach(sink -> new NativeCaller(sink.pointer()).release());
    stored.clear();
  }

  @Override
  public Connection connect() throws ComException {
    calls.add("connect by " + Thread.currentThread().getName());
    pass("CoCreateInstance of CEventSystem", connectResults);
    return new OpenConnection();
  }

  private final class OpenConnection implements Connection {

    @Override
    public void store(Subscription subscription, EventSink sink) throws ComException {
      calls.add("store " + sink.type().comName() + (subscription.perUser() ? " per user" : ""));
      pass("Store", storeResults);
      new NativeCaller(sink.pointer()).addReference();
      stored.put(subscription.id(), sink);
    }

    @Override
    public void remove(Subscription subscription) throws ComException {
      calls.add("remove " + subscription.name());
      pass("Remove", removeResults);
      EventSink sink = stored.remove(subscription.id());
      if (sink != null) {
        calls.add("left " + new NativeCaller(sink.pointer()).release());
      }
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
