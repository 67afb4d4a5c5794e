package io.sessionbridge.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.spi.ControlPeer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeatsTest {

  private final Seats seats = new Seats(8);

  private static ControlPeer peer(String user, boolean administrator) {
    return new ControlPeer(user, administrator, Optional.of(user), Optional.empty());
  }

  @Test
  void keepsRoomForAdministrators() {
    for (int i = 0; i < 4; i++) {
      assertThat(seats.enter() && seats.admit(peer("kim", false))).isTrue();
    }
    assertThat(seats.admit(peer("kim", false))).isFalse();
    assertThat(seats.enter() && seats.admit(peer("ann", false))).isTrue();
    assertThat(seats.enter() && seats.admit(peer("ann", false))).isTrue();
    assertThat(seats.admit(peer("bob", false))).isFalse();
    assertThat(seats.enter() && seats.admit(peer("root", true))).isTrue();
    assertThat(seats.enter() && seats.admit(peer("root", true))).isTrue();
    assertThat(seats.enter()).isFalse();
  }

  @Test
  void givesAwayAgainWhatIsGivenBack() {
    for (int i = 0; i < 100; i++) {
      assertThat(seats.enter() && seats.admit(peer("kim", false))).isTrue();
      seats.leave(peer("kim", false));
      seats.leave();
    }
    assertThat(seats.open()).isZero();
  }
}
