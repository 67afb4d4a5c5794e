package io.sessionbridge.windows.power;

import io.sessionbridge.windows.Guid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Decodes power events that Windows sends to a window ({@code WM_POWERBROADCAST}) or to a service
 * ({@code SERVICE_CONTROL_POWEREVENT}).
 *
 * <pre>
 * POWERBROADCAST_SETTING   0 PowerSetting   16 DataLength   20 Data
 * </pre>
 */
public final class PowerBroadcast {

  // winuser.h
  private static final int PBT_APMSUSPEND = 0x4;
  private static final int PBT_APMRESUMEAUTOMATIC = 0x12;
  private static final int PBT_POWERSETTINGCHANGE = 0x8013;

  private static final int SETTING_BYTES = Guid.BYTES + 2 * Integer.BYTES;

  private PowerBroadcast() {}

  /**
   * Returns empty for events without relevance, such as the battery charge.
   *
   * @param type {@code PBT_*}
   * @param data reads the first n bytes of the event's data; empty if they cannot be read
   */
  public static Optional<PowerEvent> decode(int type, IntFunction<byte[]> data) {
    return switch (type) {
      case PBT_APMSUSPEND -> Optional.of(new PowerEvent.Suspending());
      case PBT_APMRESUMEAUTOMATIC -> Optional.of(new PowerEvent.Resumed());
      case PBT_POWERSETTINGCHANGE -> setting(data.apply(SETTING_BYTES));
      default -> Optional.empty();
    };
  }

  private static Optional<PowerEvent> setting(byte[] data) {
    if (data.length < SETTING_BYTES) {
      return Optional.of(new PowerEvent.Undecoded());
    }
    ByteBuffer memory = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    Optional<PowerTopic> topic = PowerTopic.of(Guid.read(memory));
    boolean isNumber = memory.getInt() >= Integer.BYTES;
    return isNumber
        ? topic.flatMap(known -> known.event(memory.getInt()))
        : topic.map(known -> new PowerEvent.Undecoded());
  }
}
