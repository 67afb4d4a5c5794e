package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.NoListenerException;
import io.sessionbridge.storage.FileMode;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
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
 * Unix domain sockets. Whoever can enter the socket's folder can connect, so the folder grants the
 * access. The agent creates it for its own user only, and accepts an existing one if only root and
 * the agent's user can put another socket there.
 */
public final class UnixTransport implements ControlTransport {

  private static final Logger LOG = LoggerFactory.getLogger(UnixTransport.class);

  /** {@code sun_path} of {@code struct sockaddr_un} has 108 bytes, the last of them zero. */
  private static final int LONGEST_PATH = 107;

  private static final int BACKLOG = 256;

  // sys/stat.h
  private static final int TYPE_MASK = 0170000;
  private static final int TYPE_SOCKET = 0140000;

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
                + " bytes, the system's limit for a socket; it has "
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
    if (isOpenToOthers(found)) {
      throw new ControlException(openToOthers(folder));
    }
    return self;
  }

  /**
   * Why an agent could not listen there, as far as this can be checked in advance; empty on systems
   * without such sockets.
   */
  public static Optional<String> obstacle(String address) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return Optional.empty();
    }
    Path folder = Path.of(address).getParent();
    try {
      return folder != null
              && Files.isDirectory(folder)
              && isOpenToOthers(Files.readAttributes(folder, PosixFileAttributes.class))
          ? Optional.of(openToOthers(folder))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("the folder " + folder + ": " + FileReason.of(e, folder));
    }
  }

  private static String openToOthers(Path folder) {
    return "others can write into the folder "
        + folder
        + " and could put another socket there: name a folder that only the agent's user can"
        + " write, such as /run/sessionbridge/control";
  }

  private static boolean isOpenToOthers(PosixFileAttributes folder) {
    return folder.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || folder.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** A killed agent leaves a socket that refuses connections. */
  private static void removeStale(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(socket)) {
      throw new ControlException(socket + " exists and is not a socket: move it away");
    }
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new ControlException(
          "another program listens at "
              + other.getRemoteAddress()
              + ": stop it, or give this agent another path");
    } catch (ConnectException stale) {
      LOG.debug("{} was left by an agent that was killed", socket);
      Files.delete(socket);
    }
  }

  /** Devices and FIFOs, which Java also calls "other", belong to something else. */
  private static boolean isSocket(Path file) throws IOException {
    Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return ((int) mode & TYPE_MASK) == TYPE_SOCKET;
  }

  @Override
  public ControlConnection connect(String address, Duration atMost) throws IOException {
    Path socket = Path.of(address).toAbsolutePath();
    try {
      UserPrincipal owner = Files.getOwner(socket, LinkOption.NOFOLLOW_LINKS);
      UnixConnection connection =
          new UnixConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)), user -> false);
      boolean trusted = false;
      try {
        requireTrust(socket, owner, connection.user());
        trusted = true;
        return connection;
      } finally {
        if (!trusted) {
          connection.close();
        }
      }
    } catch (ControlException e) {
      throw e;
    } catch (NoSuchFileException | ConnectException e) {
      throw new NoListenerException("no agent listens at " + address, e);
    } catch (AccessDeniedException e) {
      throw new ControlException(
          "this user may not enter the folder of "
              + address
              + ": ask as root or as the agent's user, or give the agent a control.path that this"
              + " user can enter",
          e);
    } catch (IOException e) {
      throw new ControlException(
          address + " cannot be used: " + FileReason.of(e, Path.of(address)), e);
    }
  }

  /** Checks that only root, the listening user or this user could have put the socket there. */
  private static void requireTrust(Path socket, UserPrincipal owner, UserPrincipal listening)
      throws IOException {
    Path folder = socket.getParent();
    if (folder == null) {
      throw new ControlException(socket + " must have a folder");
    }
    PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
    UserPrincipal folderOwner = found.owner();
    if (isOpenToOthers(found)) {
      throw new ControlException(
          socket + " is not trusted: others can write into the folder " + folder);
    }
    boolean trusted =
        listening.equals(owner)
            && (folderOwner.equals(root())
                || folderOwner.equals(listening)
                || folderOwner.equals(self()));
    if (!trusted) {
      throw new ControlException(
          socket
              + " is not trusted: "
              + listening.getName()
              + " listens in a folder of "
              + folderOwner.getName());
    }
  }

  static UserPrincipal root() throws IOException {
    return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
  }

  private static UserPrincipal self() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }
}
