package io.sessionbridge.cli.ask;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles Ctrl+C and kill. Without a handler the first one begins the shutdown of the JVM, during
 * which a second one is ignored. There is no public API for this; without the JDK's internal class,
 * the first one ends the JVM.
 */
final class Interrupts {

  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

  private Interrupts() {}

  /**
   * Calls the action on each of them.
   *
   * @param action called on any thread; must return at once
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
