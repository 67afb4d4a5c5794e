package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A volume in memory: {@code /} with {@code /ProgramData} and {@code /Program Files}. */
final class TestingFileSecurity implements FileSecurity {

  static final String KIM = "S-1-5-21-1-2-3-1001";
  static final String SYSTEM = "S-1-5-18";
  static final String ADMINISTRATORS = "S-1-5-32-544";
  static final String AUTHENTICATED = "S-1-5-11";
  static final int MODIFY = 0x13_01BF;
  static final int READ = 0x12_00A9;
  static final int MAKE_FILES = 0x2;
  static final int MAKE_FOLDERS = 0x4;
  private static final int MAKE = 0x116;

  private final Map<Path, FileFacts> files = new TreeMap<>();
  private final Map<Path, Path> targets = new TreeMap<>();
  final List<Path> created = new ArrayList<>();
  final List<Path> owned = new ArrayList<>();
  boolean owningFails;
  boolean owningHasNoEffect;

  TestingFileSecurity() {
    folder("/", SYSTEM, AUTHENTICATED, MAKE_FOLDERS);
    folder("/ProgramData", SYSTEM, AUTHENTICATED, MAKE);
    folder("/Program Files", SYSTEM, AUTHENTICATED, READ);
  }

  /** A text with the separators of no system, for paths of all of them. */
  static String slashed(String text) {
    return text.replace('\\', '/');
  }

  static SecurityDescriptor security(String owner, String sid, int rights) {
    return new SecurityDescriptor(
        Optional.of(owner),
        Optional.of(
            List.of(
                new AccessEntry(0, 3, 0x1F_01FF, SYSTEM),
                new AccessEntry(0, 3, 0x1F_01FF, ADMINISTRATORS),
                new AccessEntry(0, 0, rights, sid))));
  }

  private static final SecurityDescriptor CLOSED = security(ADMINISTRATORS, SYSTEM, 0x1F_01FF);

  Path folder(String path, String owner, String sid, int rights) {
    return put(path, new FileFacts(true, false, 1, security(owner, sid, rights)));
  }

  Path closedFolder(String path) {
    return put(path, new FileFacts(true, false, 1, CLOSED));
  }

  Path file(String path, String owner, String sid, int rights) {
    return put(path, new FileFacts(false, false, 1, security(owner, sid, rights)));
  }

  Path closedFile(String path) {
    return put(path, new FileFacts(false, false, 1, CLOSED));
  }

  Path hardLink(String path, String owner) {
    return put(path, new FileFacts(false, false, 2, security(owner, SYSTEM, READ)));
  }

  Path link(String path, String target) {
    targets.put(Path.of(path), Path.of(target));
    return put(path, new FileFacts(true, true, 1, CLOSED));
  }

  private Path put(String path, FileFacts facts) {
    files.put(Path.of(path), facts);
    return Path.of(path);
  }

  @Override
  public Optional<FileFacts> look(Path path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<Path> list(Path folder) {
    return files.keySet().stream().filter(path -> folder.equals(path.getParent())).toList();
  }

  @Override
  public Optional<Path> step(Path link) {
    return Optional.ofNullable(targets.get(link));
  }

  @Override
  public Path resolve(Path link) throws IOException {
    Path target = targets.get(link);
    if (target == null) {
      throw new IOException(link + " is no link");
    }
    while (targets.containsKey(target)) {
      target = targets.get(target);
    }
    return target;
  }

  @Override
  public boolean create(Path folder) {
    created.add(folder);
    return files.putIfAbsent(folder, new FileFacts(true, false, 1, CLOSED)) == null;
  }

  @Override
  public void own(Path path) throws IOException {
    if (owningFails) {
      throw new IOException("CreateFile of " + path + " failed with error 5: access is denied");
    }
    owned.add(path);
    if (!owningHasNoEffect) {
      files.replaceAll(
          (file, facts) ->
              file.startsWith(path)
                  ? new FileFacts(facts.folder(), facts.link(), facts.names(), CLOSED)
                  : facts);
    }
  }

  @Override
  public String name(String sid) {
    return switch (sid) {
      case KIM -> "HOST\\kim";
      case AUTHENTICATED -> "NT AUTHORITY\\Authenticated Users";
      default -> sid;
    };
  }
}
