package io.sessionbridge.cli.ask;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts Ctrl+C and kill, which otherwise end Java after its hooks, where a second one is not
 * heard. There is no public class for that; where the JDK's own is missing, the first ends Java.
 */
final class Interrupts {

  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

  private Interrupts() {}

  /**
   * Calls the action at each of them from now on.
   *
   * @param action called by any thread; returns at once
   */
  static void handle(Runnable action) {
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object calling =
            Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("handle")) {
                    action.run();
                  }
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
      } catch (ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        LOG.debug("signal {} cannot be handled", name, cause);
      }
    }
  }
}
