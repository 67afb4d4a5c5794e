package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.storage.FileMode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unix domain sockets. Who may enter the socket's folder may connect, so the folder decides: the
 * agent makes it for its own user alone, and takes one that somebody prepared if nobody but root
 * and the agent's user can put another socket there.
 */
public final class UnixTransport implements ControlTransport {

  private static final Logger LOG = LoggerFactory.getLogger(UnixTransport.class);

  /** {@code sun_path} of {@code struct sockaddr_un} has 108 bytes, the last of them zero. */
  private static final int LONGEST_PATH = 107;

  private static final int BACKLOG = 256;

  private static final Set<PosixFilePermission> SOCKET =
      PosixFilePermissions.fromString("rw-rw-rw-");

  @Override
  public List<String> defaultAddresses(Path dataDir) {
    return List.of(dataDir.resolve("control").resolve("socket").toString());
  }

  @Override
  public Optional<String> problem(String address) {
    try {
      if (!Path.of(address).isAbsolute() || Path.of(address).getParent() == null) {
        return Optional.of("must be an absolute path, such as /run/sessionbridge/control");
      }
    } catch (InvalidPathException e) {
      return Optional.of("must be a path");
    }
    return tooLong(address);
  }

  private static Optional<String> tooLong(String address) {
    int length = address.getBytes(StandardCharsets.UTF_8).length;
    return length <= LONGEST_PATH
        ? Optional.empty()
        : Optional.of(
            "must not be longer than "
                + LONGEST_PATH
                + " bytes, which is what the system takes for a socket; it has "
                + length);
  }

  @Override
  public ControlListener listen(String address) throws IOException {
    Optional<String> tooLong = tooLong(address);
    if (tooLong.isPresent()) {
      throw new ControlException("the path " + address + " " + tooLong.get());
    }
    Path socket = Path.of(address);
    UserPrincipal self = secureFolder(socket);
    removeStale(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      Files.setPosixFilePermissions(socket, SOCKET);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new UnixListener(channel, socket, self);
  }

  /** Returns the agent's own user. */
  private static UserPrincipal secureFolder(Path socket) throws IOException {
    Path folder = socket.toAbsolutePath().getParent();
    if (folder == null) {
      throw new ControlException("the path " + socket + " must have a folder");
    }
    if (!Files.exists(folder)) {
      Files.createDirectories(folder, FileMode.PRIVATE.folder().attributes(folder));
    }
    PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
    UserPrincipal self = self();
    if (!found.owner().equals(self) && !found.owner().equals(root())) {
      throw new ControlException(
          "the folder "
              + folder
              + " belongs to "
              + found.owner().getName()
              + ", who could put another socket there: give it to "
              + self.getName()
              + " or name another folder");
    }
    if (found.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new ControlException(
          "other users can put another socket into the folder "
              + folder
              + ": give it the permissions 0700, 0750 or 0755");
    }
    return self;
  }

  /** A socket of an agent that was killed stays; nobody answers there. */
  private static void removeStale(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(socket, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new ControlException(socket + " is there and is no socket: move it away");
    }
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new ControlException(
          "another program listens at "
              + other.getRemoteAddress()
              + ": stop it, or give this agent another path");
    } catch (ConnectException nobody) {
      LOG.debug("{} was left by an agent that was killed", socket);
      Files.delete(socket);
    }
  }

  @Override
  public ControlConnection connect(String address, Duration atMost) throws IOException {
    Path socket = Path.of(address);
    UserPrincipal owner;
    UnixConnection connection;
    try {
      owner = Files.getOwner(socket, LinkOption.NOFOLLOW_LINKS);
      connection =
          new UnixConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)), user -> false);
    } catch (NoSuchFileException | ConnectException e) {
      throw new ControlException("no agent listens at " + address, e);
    } catch (IOException e) {
      throw new ControlException(address + " cannot be used: " + e.getMessage(), e);
    }
    UserPrincipal listening = connection.user();
    UserPrincipal folder = Files.getOwner(socket.toAbsolutePath().getParent());
    boolean trusted =
        listening.equals(owner)
            && (folder.equals(root()) || folder.equals(listening) || folder.equals(self()));
    if (!trusted) {
      connection.close();
      throw new ControlException(
          address
              + " is not to be trusted: "
              + listening.getName()
              + " listens in a folder of "
              + folder.getName());
    }
    return connection;
  }

  static UserPrincipal root() throws IOException {
    return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
  }

  private static UserPrincipal self() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }
}
