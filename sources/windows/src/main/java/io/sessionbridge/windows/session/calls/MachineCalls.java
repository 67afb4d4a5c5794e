package io.sessionbridge.windows.session.calls;

import io.sessionbridge.windows.session.WindowsMachine;
import java.util.Optional;
import java.util.UUID;

/** What {@link WindowsMachine} asks of Windows. A seam, so that every call can fail in a test. */
public interface MachineCalls {

  /** {@code COMPUTER_NAME_FORMAT} of {@code sysinfoapi.h}: of this machine, not of its cluster. */
  enum Name {
    NETBIOS(4),
    DNS_HOST(5),
    DNS_DOMAIN(6),
    DNS_FULL(7);

    final int format;

    Name(int format) {
      this.format = format;
    }
  }

  /** Empty text is an answer: there is no domain. */
  String name(Name what) throws CallException;

  /** What the set-up made up for this installation; it is in every copy of the disk. */
  String machineGuid() throws CallException;

  Optional<UUID> smbiosUuid() throws CallException;

  Optional<String> bootId() throws CallException;
}
