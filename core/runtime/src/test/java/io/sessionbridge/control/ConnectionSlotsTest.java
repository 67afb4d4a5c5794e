package io.sessionbridge.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.spi.ControlPeer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionSlotsTest {

  private final ConnectionSlots slots = new ConnectionSlots(8);

  private static ControlPeer peer(String user, boolean administrator) {
    return new ControlPeer(user, administrator, Optional.of(user), Optional.empty());
  }

  @Test
  void reservesSlotsForAdministrators() {
    for (int i = 0; i < 4; i++) {
      assertThat(slots.acquire() && slots.assign(peer("kim", false))).isTrue();
    }
    assertThat(slots.assign(peer("kim", false))).isFalse();
    assertThat(slots.acquire() && slots.assign(peer("ann", false))).isTrue();
    assertThat(slots.acquire() && slots.assign(peer("ann", false))).isTrue();
    assertThat(slots.assign(peer("bob", false))).isFalse();
    assertThat(slots.acquire() && slots.assign(peer("root", true))).isTrue();
    assertThat(slots.acquire() && slots.assign(peer("root", true))).isTrue();
    assertThat(slots.acquire()).isFalse();
  }

  @Test
  void reusesReleasedSlots() {
    for (int i = 0; i < 100; i++) {
      assertThat(slots.acquire() && slots.assign(peer("kim", false))).isTrue();
      slots.release(peer("kim", false));
      slots.release();
    }
    assertThat(slots.open()).isZero();
  }
}
