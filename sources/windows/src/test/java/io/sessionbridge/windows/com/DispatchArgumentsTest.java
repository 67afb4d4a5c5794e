package io.sessionbridge.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.sessionbridge.windows.com.DispatchArguments.Accepted;
import io.sessionbridge.windows.com.DispatchArguments.Refused;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchArgumentsTest {

  private static final int VT_BSTR = 8;
  private static final int VT_UI4 = 19;
  private static final int VT_BYREF = 0x4000;
  private static final int VT_VARIANT = 12;

  private final NativeTexts texts = new NativeTexts();
  private final Pointer kim = texts.bstr("CONTOSO\\kim");

  private static Accepted received(String user) {
    return new Accepted(user, OptionalLong.empty());
  }

  private static Accepted received(String user, long session) {
    return new Accepted(user, OptionalLong.of(session));
  }

  /** The image of a call as it lies in memory, for 64 bits; only the pointers are put in. */
  @Test
  void readsTheBytesOfACall() {
    Memory text = texts.bytes("04000000 e4003d00 0000 5858"); // 4 bytes: U+00E4, U+003D
    Memory variants =
        texts.bytes(
            "1300 0000 0000 0000 feffffff 00000000 0000000000000000"
                + "0800 0000 0000 0000 0000000000000000 0000000000000000");
    variants.setPointer(24 + 8, text.share(4));
    Memory parameters = texts.bytes("0000000000000000 0000000000000000 02000000 00000000");
    parameters.setPointer(0, variants);
    assertThat(DispatchArguments.read(parameters, true)).isEqualTo(received("ä=", 4_294_967_294L));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 19, 22, 23})
  void takesTheSessionInEachTypeOf32Bits(int type) {
    Memory call = texts.parameters(texts.variant(type, 7), texts.variant(VT_BSTR, kim));
    assertThat(DispatchArguments.read(call, true)).isEqualTo(received("CONTOSO\\kim", 7));
  }

  @Test
  void takesArgumentsByReference() {
    Memory user = texts.variant(VT_BSTR | VT_BYREF, texts.pointers(kim));
    Memory session = texts.variant(VT_UI4 | VT_BYREF, texts.bytes("09000000"));
    assertThat(DispatchArguments.read(texts.parameters(session, user), true))
        .isEqualTo(received("CONTOSO\\kim", 9));
    Memory pointing = texts.variant(VT_VARIANT | VT_BYREF, texts.variant(VT_BSTR, kim));
    assertThat(DispatchArguments.read(texts.parameters(pointing), false))
        .isEqualTo(received("CONTOSO\\kim"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "kim", "A\\B\\kim", "\uD83D\uDE00", "lone \uD83D", "nul \u0000 inside"})
  void takesEveryName(String user) {
    Memory call = texts.parameters(texts.variant(VT_BSTR, texts.bstr(user)));
    assertThat(DispatchArguments.read(call, false)).isEqualTo(received(user));
  }

  @Test
  void takesNoTextForAnEmptyOne() {
    Memory call = texts.parameters(texts.variant(VT_BSTR, Pointer.NULL));
    assertThat(DispatchArguments.read(call, false)).isEqualTo(received(""));
  }

  @Test
  void refusesWhatDoesNotFit() {
    Memory user = texts.variant(VT_BSTR, kim);
    Memory session = texts.variant(VT_UI4, 1);
    assertThat(DispatchArguments.read(null, false)).isEqualTo(new Refused(0x8007_0057));
    assertThat(DispatchArguments.read(texts.parameters(), false))
        .isEqualTo(new Refused(0x8002_000E));
    assertThat(DispatchArguments.read(texts.parameters(user), true))
        .isEqualTo(new Refused(0x8002_000E));
    assertThat(DispatchArguments.read(texts.parameters(session, user), false))
        .isEqualTo(new Refused(0x8002_000E));
    assertThat(DispatchArguments.read(texts.parameters(user, session), true))
        .isEqualTo(new Refused(0x8002_0005));
    assertThat(DispatchArguments.read(texts.parameters(user, user), true))
        .isEqualTo(new Refused(0x8002_0005));
    Memory named = texts.parameters(user);
    named.setInt(20, 1);
    assertThat(DispatchArguments.read(named, false)).isEqualTo(new Refused(0x8002_0007));
  }
}
