package io.sessionbridge.windows.eventlog;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.Wevtapi;
import com.sun.jna.platform.win32.Winevt.EVT_HANDLE;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls of wevtapi.dll. Calls and frees, no other logic. */
final class WevtapiCalls implements LogCalls {

  // winevt.h
  private static final int OPEN_CHANNEL_PATH = 1;
  private static final int LOG_NUMBER_OF_RECORDS = 5;
  private static final int LOG_OLDEST_RECORD_NUMBER = 6;
  private static final int QUERY_CHANNEL_PATH = 0x1;
  private static final int QUERY_REVERSE_DIRECTION = 0x200;
  private static final int RENDER_XML = 1;
  private static final int VARIANT_BYTES = 16;

  // winerror.h
  private static final int INSUFFICIENT_BUFFER = 122;
  private static final int NO_MORE_ITEMS = 259;

  private static final int AT_ONCE = 64;
  private static final int WAIT_MILLIS = 10_000;
  private static final int FIRST_BYTES = 8 << 10;

  /** A record has at most 64 KiB, but its XML is longer. */
  private static final int MOST_BYTES = 4 << 20;

  @Override
  public Extent extent(String channel) throws CallException {
    // Wine refuses this call, and crashes on functions that it lacks: nothing else is called then.
    EVT_HANDLE log = open("EvtOpenLog", openLog(channel));
    try {
      return new Extent(info(log, LOG_OLDEST_RECORD_NUMBER), info(log, LOG_NUMBER_OF_RECORDS));
    } finally {
      Wevtapi.INSTANCE.EvtClose(log);
    }
  }

  /** Wine refuses without an error code; after the first call it is that of the function lookup. */
  private static @Nullable EVT_HANDLE openLog(String channel) {
    EVT_HANDLE log = Wevtapi.INSTANCE.EvtOpenLog(null, channel, OPEN_CHANNEL_PATH);
    if (log == null) {
      Native.setLastError(ErrorCode.NONE);
      log = Wevtapi.INSTANCE.EvtOpenLog(null, channel, OPEN_CHANNEL_PATH);
    }
    return log;
  }

  private static EVT_HANDLE open(String call, @Nullable EVT_HANDLE handle) throws CallException {
    if (handle == null) {
      throw new CallException(call, Native.getLastError());
    }
    return handle;
  }

  private static long info(EVT_HANDLE log, int property) throws CallException {
    try (Memory variant = new Memory(VARIANT_BYTES)) {
      variant.clear();
      if (!Wevtapi.INSTANCE.EvtGetLogInfo(
          log, property, VARIANT_BYTES, variant, new IntByReference())) {
        throw new CallException("EvtGetLogInfo", Native.getLastError());
      }
      return variant.getLong(0);
    }
  }

  @Override
  public void query(String query, Predicate<String> receiver) throws CallException {
    EVT_HANDLE results =
        open(
            "EvtQuery",
            Wevtapi.INSTANCE.EvtQuery(
                null, null, query, QUERY_CHANNEL_PATH | QUERY_REVERSE_DIRECTION));
    try {
      readAll(results, receiver);
    } finally {
      Wevtapi.INSTANCE.EvtClose(results);
    }
  }

  private static void readAll(EVT_HANDLE results, Predicate<String> receiver) throws CallException {
    EVT_HANDLE[] events = new EVT_HANDLE[AT_ONCE];
    IntByReference returned = new IntByReference();
    boolean wanted = true;
    while (wanted) {
      if (!Wevtapi.INSTANCE.EvtNext(results, AT_ONCE, events, WAIT_MILLIS, 0, returned)) {
        int error = Native.getLastError();
        if (error == NO_MORE_ITEMS) {
          return;
        }
        throw new CallException("EvtNext", error);
      }
      wanted = passOn(events, Math.min(returned.getValue(), AT_ONCE), receiver);
    }
  }

  /** Closes each handle in any case. */
  private static boolean passOn(EVT_HANDLE[] events, int count, Predicate<String> receiver)
      throws CallException {
    int closed = 0;
    try {
      boolean wanted = true;
      while (closed < count) {
        EVT_HANDLE event = events[closed];
        wanted = wanted && receiver.test(render(event));
        Wevtapi.INSTANCE.EvtClose(event);
        closed++;
      }
      return wanted && count > 0;
    } finally {
      for (; closed < count; closed++) {
        Wevtapi.INSTANCE.EvtClose(events[closed]);
      }
    }
  }

  private static String render(EVT_HANDLE event) throws CallException {
    int size = FIRST_BYTES;
    while (true) {
      try (Memory buffer = new Memory(size)) {
        IntByReference used = new IntByReference();
        if (Wevtapi.INSTANCE.EvtRender(
            null, event, RENDER_XML, size, buffer, used, new IntByReference())) {
          return buffer.getWideString(0);
        }
        int error = Native.getLastError();
        if (error != INSUFFICIENT_BUFFER || used.getValue() <= size) {
          throw new CallException("EvtRender", error);
        }
        if (used.getValue() > MOST_BYTES) {
          throw new CallException("EvtRender", ErrorCode.NONE);
        }
        size = used.getValue();
      }
    }
  }
}
