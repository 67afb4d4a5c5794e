package io.sessionbridge.sink.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttDataTypes;
import org.junit.jupiter.api.Test;

/** Paho must send every string that we accept, or its refusal would keep ending the connection. */
final class MqttStringTest {

  private static final int CHARACTERS_AT_ONCE = 10_000;

  private interface Sender {
    void send(String text) throws Exception;
  }

  private static void inVersion3(String text) throws Exception {
    assertThat(new MqttPublish(text, new MqttMessage()).getHeader()).isNotEmpty();
  }

  private static void inVersion5(String text) throws Exception {
    MqttDataTypes.encodeUTF8(new DataOutputStream(new ByteArrayOutputStream()), text);
  }

  private static void assertAllSent(IntPredicate which, Sender sender) {
    int[] all = IntStream.rangeClosed(0, 0x10FFFF).filter(which).toArray();
    for (int from = 0; from < all.length; from += CHARACTERS_AT_ONCE) {
      String text = new String(all, from, Math.min(CHARACTERS_AT_ONCE, all.length - from));
      assertThatCode(() -> sender.send(text)).doesNotThrowAnyException();
    }
  }

  @Test
  void allThatIsSendableIsSent() {
    assertAllSent(MqttString::isSendable, MqttStringTest::inVersion3);
    assertAllSent(MqttString::isSendable, MqttStringTest::inVersion5);
  }

  @Test
  void allThatIsAllowedIsSentInVersion5() {
    assertAllSent(
        codePoint -> MqttString.isAllowed(Character.toString(codePoint)),
        MqttStringTest::inVersion5);
  }

  @Test
  void emojiIsAllowedButNotSentInVersion3() {
    assertThat(MqttString.isAllowed("😀")).isTrue();
    assertThat(MqttString.isSendable("😀")).isFalse();
    assertThatThrownBy(() -> inVersion3("😀")).isInstanceOf(IllegalArgumentException.class);
  }
}
