package io.sessionbridge.source.windows;

import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.windows.session.SessionMonitor;
import io.sessionbridge.windows.session.WindowsSessions;

/**
 * Brings who is behind a session, what the machine is and how programs reach the agent, where that
 * is Windows.
 */
public final class WindowsModule extends PluginModule {

  @Override
  protected void configure() {
    if (SessionMonitor.isSupported()) { // what it reads is laid out for 64 bits
      bindDirectory(new WindowsDirectory(new WindowsSessions()));
      bindHost(new WindowsHostFacts());
      bindLog(new WindowsLog());
      bindControl(new PipeTransport());
    }
  }
}
