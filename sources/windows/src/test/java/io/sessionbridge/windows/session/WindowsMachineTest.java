package io.sessionbridge.windows.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import io.sessionbridge.windows.session.calls.CallException;
import io.sessionbridge.windows.session.calls.MachineCalls;
import io.sessionbridge.windows.session.decode.BootTime;
import io.sessionbridge.windows.session.decode.Image;
import io.sessionbridge.windows.session.decode.SmbiosTable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WindowsMachineTest {

  private static final String GUID = "0F2A7C3E-1111-2222-3333-444455556666";
  private static final UUID FIRMWARE = UUID.fromString("4c4c4544-0042-4810-8051-b4c04f4e3432");

  private final FakeMachineCalls windows = new FakeMachineCalls();

  private static final class FakeMachineCalls implements MachineCalls {
    final Map<Name, String> names = new EnumMap<>(Name.class);
    boolean refuses;
    Optional<UUID> firmware = Optional.of(FIRMWARE);

    private void call() throws CallException {
      if (refuses) {
        throw new CallException("call", 5);
      }
    }

    @Override
    public String name(Name what) throws CallException {
      call();
      return names.getOrDefault(what, "");
    }

    @Override
    public String machineGuid() throws CallException {
      call();
      return GUID;
    }

    @Override
    public Optional<UUID> smbiosUuid() throws CallException {
      call();
      return firmware;
    }

    @Override
    public Optional<String> bootId() throws CallException {
      call();
      return Optional.of("01dc5a12f0e4c800");
    }
  }

  @Test
  void isAMemberOfADomain() {
    windows.names.put(MachineCalls.Name.NETBIOS, "A-LONG-NAME-OF-");
    windows.names.put(MachineCalls.Name.DNS_HOST, "a-long-name-of-a-machine");
    windows.names.put(MachineCalls.Name.DNS_DOMAIN, "contoso.example");
    windows.names.put(MachineCalls.Name.DNS_FULL, "a-long-name-of-a-machine.contoso.example");
    assertThat(WindowsMachine.detect(windows))
        .isEqualTo(
            new WindowsMachine(
                Optional.of("a-long-name-of-a-machine"),
                Optional.of("a-long-name-of-a-machine.contoso.example"),
                Optional.of("contoso.example"),
                Optional.of(
                    "0f2a7c3e-1111-2222-3333-444455556666/4c4c4544-0042-4810-8051-b4c04f4e3432"),
                Optional.of("01dc5a12f0e4c800")));
  }

  @Test
  void hasNoFullNameWithoutADomain() {
    windows.names.put(MachineCalls.Name.NETBIOS, "WS-7");
    windows.names.put(MachineCalls.Name.DNS_FULL, "ws-7");
    windows.firmware = Optional.empty();
    WindowsMachine machine = WindowsMachine.detect(windows);
    assertThat(machine.name()).contains("WS-7");
    assertThat(machine.fqdn()).isEmpty();
    assertThat(machine.domain()).isEmpty();
    assertThat(machine.identity()).contains("0f2a7c3e-1111-2222-3333-444455556666");
  }

  @Test
  void everythingRefusedIsNoException() {
    windows.refuses = true;
    Optional<String> none = Optional.empty();
    assertThat(WindowsMachine.detect(windows))
        .isEqualTo(new WindowsMachine(none, none, none, none, none));
  }

  @Test
  void findsTheUuidOfTheFirmware() throws Exception {
    Memory table = Image.of("smbios");
    assertThat(SmbiosTable.systemUuid(table, table.size())).contains(FIRMWARE);
  }

  @Test
  void readsAnOldFirmwareInTheOrderOfThatTime() throws Exception {
    Memory table = Image.of("smbios");
    table.setByte(2, (byte) 5);
    table.setByte(1, (byte) 2);
    assertThat(SmbiosTable.systemUuid(table, table.size()))
        .contains(UUID.fromString("44454c4c-4200-1048-8051-b4c04f4e3432"));
  }

  @Test
  void aUuidThatIsNotSetIsNone() throws Exception {
    Memory table = Image.of("smbios");
    long uuid = table.indexOf(0, (byte) 0x44);
    table.setMemory(uuid, 16, (byte) 0);
    assertThat(SmbiosTable.systemUuid(table, table.size())).isEmpty();
    table.setMemory(uuid, 16, (byte) 0xFF);
    assertThat(SmbiosTable.systemUuid(table, table.size())).isEmpty();
  }

  @Test
  void survivesEveryCutOfTheTable() throws Exception {
    Memory table = Image.of("smbios");
    for (int size = 0; size < table.size(); size++) {
      Memory cut = new Memory(Math.max(size, 1));
      cut.write(0, table.getByteArray(0, size), 0, size);
      Optional<UUID> found = SmbiosTable.systemUuid(cut, size);
      assertThat(found.isEmpty() || found.get().equals(FIRMWARE)).isTrue();
    }
  }

  @Test
  void aClockThatIsSetDoesNotChangeTheBoot() {
    Memory time = Image.of(new byte[48]);
    assertThat(BootTime.id(time)).isEmpty();
    time.setLong(0, 0x01dc5a12f0e4c800L);
    assertThat(BootTime.id(time)).contains("01dc5a12f0e4c800");
    time.setLong(0, 0x01dc5a12f0e4c800L + 36_000_000_000L);
    time.setLong(32, 36_000_000_000L);
    assertThat(BootTime.id(time)).contains("01dc5a12f0e4c800");
  }
}
