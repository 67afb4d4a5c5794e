package io.sessionbridge.windows.service;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerBroadcast;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.service.ServiceEvent.ClockChanged;
import io.sessionbridge.windows.service.ServiceEvent.PowerChanged;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import io.sessionbridge.windows.service.ServiceEvent.Undecoded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * Decodes a control and its data. The data are valid only during the call of the handler, so
 * everything is decoded there; that costs no more than a copy.
 *
 * <pre>
 * WTSSESSION_NOTIFICATION   0 cbSize (8)    4 dwSessionId
 * SERVICE_TIMECHANGE_INFO   0 liNewTime     8 liOldTime, each in 100 ns since 1601
 * </pre>
 */
final class ControlDecoder {

  private static final int NOTIFICATION_BYTES = 8;
  private static final int TIME_BYTES = 2 * Long.BYTES;

  private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
  private static final long TICKS_PER_SECOND = 10_000_000;

  private ControlDecoder() {}

  /** Returns empty for events without relevance, such as the battery charge. */
  static Optional<ServiceEvent> decode(int control, int eventType, ControlData data) {
    return switch (control) {
      case Controls.SESSIONCHANGE -> Optional.of(session(eventType, data));
      case Controls.POWEREVENT -> power(eventType, data);
      case Controls.TIMECHANGE -> Optional.of(clock(eventType, data));
      default -> Optional.empty();
    };
  }

  private static ServiceEvent session(int code, ControlData data) {
    ByteBuffer memory = memory(data, NOTIFICATION_BYTES);
    if (!memory.hasRemaining() || memory.getInt() < NOTIFICATION_BYTES) {
      return new Undecoded(Controls.SESSIONCHANGE, code);
    }
    return new SessionChanged(new SessionChange(code, memory.getInt() & 0xFFFF_FFFFL));
  }

  private static Optional<ServiceEvent> power(int eventType, ControlData data) {
    return PowerBroadcast.decode(eventType, data::bytes)
        .map(
            event ->
                event instanceof PowerEvent.Undecoded
                    ? new Undecoded(Controls.POWEREVENT, eventType)
                    : new PowerChanged(event));
  }

  private static ServiceEvent clock(int eventType, ControlData data) {
    ByteBuffer memory = memory(data, TIME_BYTES);
    if (!memory.hasRemaining()) {
      return new Undecoded(Controls.TIMECHANGE, eventType);
    }
    Instant after = time(memory.getLong());
    Instant before = time(memory.getLong());
    return new ClockChanged(before, after);
  }

  private static Instant time(long ticks) {
    return Instant.ofEpochSecond(
        Math.floorDiv(ticks, TICKS_PER_SECOND) - SECONDS_1601_TO_1970,
        Math.floorMod(ticks, TICKS_PER_SECOND) * 100);
  }

  private static ByteBuffer memory(ControlData data, int count) {
    return ByteBuffer.wrap(data.bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
