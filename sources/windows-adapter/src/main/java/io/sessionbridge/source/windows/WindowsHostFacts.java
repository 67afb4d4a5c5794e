package io.sessionbridge.source.windows;

import io.sessionbridge.spi.HostFacts;
import io.sessionbridge.windows.session.WindowsMachine;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Facts about this machine from Windows, queried at the first call. */
final class WindowsHostFacts implements HostFacts {

  private final Supplier<WindowsMachine> ask;
  private final LongSupplier uptime;
  private @Nullable WindowsMachine known;

  /** Makes no call yet. */
  WindowsHostFacts() {
    this(WindowsMachine::detect, WindowsMachine::uptimeMillis);
  }

  WindowsHostFacts(Supplier<WindowsMachine> ask, LongSupplier uptime) {
    this.ask = ask;
    this.uptime = uptime;
  }

  private synchronized WindowsMachine machine() {
    WindowsMachine machine = known == null ? ask.get() : known;
    known = machine;
    return machine;
  }

  @Override
  public Optional<String> machineId() {
    return machine().identity();
  }

  @Override
  public String name() {
    return machine()
        .name()
        .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
        .orElse("localhost");
  }

  @Override
  public Optional<String> fqdn() {
    return machine().fqdn();
  }

  @Override
  public Optional<String> domain() {
    return machine().domain();
  }

  @Override
  public Optional<String> bootId() {
    return machine().bootId();
  }

  @Override
  public OptionalLong uptimeMillis() {
    return OptionalLong.of(uptime.getAsLong());
  }
}
