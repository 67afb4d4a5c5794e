package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The data folder of a service, which only the system and administrators may open. A missing folder
 * is created with that access list, so that it is never without it. A folder that others can change
 * is taken over if it is SessionBridge's own, for instance of an earlier version, and otherwise
 * refused.
 */
public final class DataFolder {

  /** How to treat accounts that can only read an existing folder. */
  public enum Readers {
    /** Keep their access: it may have been granted on purpose. */
    KEEP,
    /** Remove their access. */
    SHUT_OUT
  }

  /** How to treat a folder that is not safe. */
  public enum Unsafe {
    REFUSED,
    /** Logs a warning and uses it. For machines where this does not matter. */
    ALLOWED
  }

  private final FileSecurity files;
  private final FindingText text;
  private final Set<String> ownFolders;
  private final Unsafe unsafe;
  private final Consumer<String> report;

  /**
   * Secures folders of this machine.
   *
   * @param ownFolders the names of all folders that the agent creates in it. One of them identifies
   *     a folder as SessionBridge's; any other name shows that it is not
   * @param report receives a sentence for each action and each warning
   */
  public DataFolder(Set<String> ownFolders, Unsafe unsafe, Consumer<String> report) {
    this(new NativeFileSecurity(), ownFolders, unsafe, report);
  }

  DataFolder(FileSecurity files, Set<String> ownFolders, Unsafe unsafe, Consumer<String> report) {
    this.files = files;
    this.text = new FindingText(files);
    this.ownFolders = Set.copyOf(ownFolders);
    this.unsafe = unsafe;
    this.report = report;
  }

  /**
   * Creates the folder, or ensures that nobody else can change it.
   *
   * @param folder absolute and normalised
   * @throws AccessException if others can change it and this cannot be fixed safely; nothing was
   *     changed then, except what was reported
   * @throws IOException if Windows refuses a query or an action
   */
  public void secure(Path folder, Readers readers) throws AccessException, IOException {
    checkPlace(folder);
    if (make(folder)) {
      report.accept("only SYSTEM and administrators may open " + folder + ", which is new");
    }
    FileFacts facts = files.look(folder).orElseThrow(() -> gone(folder));
    if (facts.link()) {
      refuse(folder, "it is a link; set data_dir to " + files.resolve(folder));
      return;
    }
    if (!facts.folder()) {
      throw refusal(folder, "it is a file; set data_dir to a folder");
    }
    Survey survey = survey(folder);
    boolean readable =
        readers == Readers.SHUT_OUT && !facts.security().others(Rights.ANY).isEmpty();
    if (!survey.links().isEmpty()) {
      refuse(folder, survey.links().get(0) + " in it is a link; remove it");
    } else if (!survey.findings().isEmpty() || readable) {
      takeOver(folder, survey);
    }
  }

  private Survey survey(Path folder) throws IOException {
    Survey survey = new Survey(files);
    survey.tree(folder, Rights.CHANGE, Set.of());
    return survey;
  }

  private static IOException gone(Path folder) {
    return new IOException(folder + " was deleted in the meantime");
  }

  private void checkPlace(Path folder) throws AccessException, IOException {
    Survey above = new Survey(files);
    above.above(folder);
    if (!above.links().isEmpty()) {
      Path link = above.links().get(0);
      Path real = files.resolve(link).resolve(link.relativize(folder));
      refuse(folder, link + " is a link; set data_dir to " + real);
    } else if (!above.findings().isEmpty()) {
      refuse(
          folder,
          text.text(above.findings())
              + ", and so replace it; set data_dir to a folder below"
              + " C:\\ProgramData, or remove the permission: "
              + FindingText.commandsToTakeAway(above.findings()));
    }
  }

  /** Returns false if it already exists. */
  private boolean make(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = folder; path != null && files.look(path).isEmpty(); path = path.getParent()) {
      missing.push(path);
    }
    boolean made = false;
    for (Path path : missing) {
      made = files.create(path);
    }
    return made;
  }

  private void takeOver(Path folder, Survey survey) throws AccessException, IOException {
    Optional<String> strange = strangeContent(folder, survey);
    if (strange.isPresent()) {
      refuse(folder, who(survey) + strange.get() + mendBy(folder));
      return;
    }
    try {
      files.own(folder);
    } catch (IOException e) {
      refuse(folder, who(survey) + "it cannot be taken over: " + e.getMessage() + mendBy(folder));
      return;
    }
    Survey after = survey(folder);
    if (!after.findings().isEmpty() || !after.links().isEmpty()) {
      refuse(folder, who(after) + "taking it over did not help" + mendBy(folder));
      return;
    }
    report.accept(
        who(survey)
            + folder
            + " was taken over: it belongs to administrators, and only they and SYSTEM may open"
            + " it");
  }

  private String who(Survey survey) {
    return survey.findings().isEmpty() ? "" : text.text(survey.findings()) + "; ";
  }

  /** Why this is not SessionBridge's own folder; empty if it is. */
  private Optional<String> strangeContent(Path folder, Survey survey) throws IOException {
    Optional<Path> shared = survey.sharedFiles().stream().findFirst();
    if (shared.isPresent()) {
      return Optional.of(shared.get() + " has a hard link elsewhere");
    }
    List<Path> content = files.list(folder);
    boolean known = content.isEmpty();
    for (Path child : content.stream().sorted().toList()) {
      boolean own = ownFolders.contains(String.valueOf(child.getFileName()));
      boolean isFolder = files.look(child).filter(FileFacts::folder).isPresent();
      if (isFolder && !own) {
        return Optional.of(child + " is not a folder of SessionBridge");
      }
      known |= isFolder;
    }
    return known ? Optional.empty() : Optional.of("nothing in it belongs to SessionBridge");
  }

  private static String mendBy(Path folder) {
    return "; set data_dir to a new folder, or, if everything in it is yours, stop the service and"
        + " run: "
        + FindingText.commandToClose(folder);
  }

  private void refuse(Path folder, String why) throws AccessException {
    AccessException refusal = refusal(folder, why);
    if (unsafe == Unsafe.REFUSED) {
      throw refusal;
    }
    report.accept("warning: " + why);
  }

  private static AccessException refusal(Path folder, String why) {
    return new AccessException("data_dir " + folder + " is refused: " + why);
  }
}
