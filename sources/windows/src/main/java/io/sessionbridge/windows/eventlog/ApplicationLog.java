package io.sessionbridge.windows.eventlog;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Application log, through advapi32.dll. Opens, writes and closes, no other logic. */
public final class ApplicationLog implements LogWriter {

  /**
   * Only the functions in use. jna-platform declares all of advapi32.dll, for which Java would load
   * hundreds of classes while Windows waits for a service.
   */
  interface EventAdvapi32 extends StdCallLibrary {

    EventAdvapi32 INSTANCE =
        Native.load("advapi32", EventAdvapi32.class, W32APIOptions.DEFAULT_OPTIONS);

    @Nullable Pointer RegisterEventSource(@Nullable String server, String source);

    boolean ReportEvent(
        Pointer log,
        short type,
        short category,
        int id,
        @Nullable Pointer userSid,
        short stringCount,
        int dataBytes,
        String[] strings,
        @Nullable Pointer data);

    boolean DeregisterEventSource(Pointer log);
  }

  private @Nullable Pointer log;

  @Override
  public int open(String source) {
    close();
    log = EventAdvapi32.INSTANCE.RegisterEventSource(null, source);
    return log == null ? Native.getLastError() : ErrorCode.NONE;
  }

  @Override
  public int write(LogEntry entry) {
    Optional<byte[]> sid = entry.userSid().flatMap(Sid::bytes);
    if (sid.isEmpty()) {
      return report(entry, null);
    }
    try (Memory copy = new Memory(sid.get().length)) {
      copy.write(0, sid.get(), 0, sid.get().length);
      return report(entry, copy);
    }
  }

  private int report(LogEntry entry, @Nullable Pointer sid) {
    Pointer open = log;
    if (open == null) {
      throw new IllegalStateException("the event log is not open");
    }
    String[] strings = entry.strings().toArray(String[]::new);
    boolean written =
        EventAdvapi32.INSTANCE.ReportEvent(
            open,
            entry.type().value(),
            (short) entry.category(),
            entry.id(),
            sid,
            (short) strings.length,
            0,
            strings,
            null);
    return written ? ErrorCode.NONE : Native.getLastError();
  }

  @Override
  public void close() {
    Pointer open = log;
    log = null;
    if (open != null) {
      EventAdvapi32.INSTANCE.DeregisterEventSource(open);
    }
  }
}
