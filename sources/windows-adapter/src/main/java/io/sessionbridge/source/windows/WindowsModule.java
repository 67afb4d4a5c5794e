package io.sessionbridge.source.windows;

import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.windows.session.SessionMonitor;
import io.sessionbridge.windows.session.WindowsSessions;

/** Registers the session directory, host facts, event log and control transport of Windows. */
public final class WindowsModule extends PluginModule {

  @Override
  protected void configure() {
    if (SessionMonitor.isSupported()) { // the structures are laid out for 64 bits
      bindDirectory(new WindowsDirectory(new WindowsSessions()));
      bindHost(new WindowsHostFacts());
      bindLog(new WindowsLog());
      bindControl(new PipeTransport());
    }
  }
}
