package io.sessionbridge.windows.access;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Describes who can change what, with the Windows commands that fix it. */
final class FindingText {

  /** How many paths are named per group. */
  private static final int NAMED = 3;

  static final String ADMINISTRATORS = "*S-1-5-32-544";
  private static final String SYSTEM = "*S-1-5-18";

  private final FileSecurity files;

  FindingText(FileSecurity files) {
    this.files = files;
  }

  /**
   * For instance {@code BUILTIN\Users can modify C:\a, C:\b and 3 more}, with one such clause for
   * each set of accounts.
   */
  String text(Collection<Finding> findings) {
    Map<Set<String>, List<Finding>> groups =
        findings.stream()
            .collect(
                Collectors.groupingBy(Finding::others, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream()
        .map(group -> names(group.getKey()) + " can modify " + paths(group.getValue()))
        .collect(Collectors.joining("; "));
  }

  private String names(Set<String> sids) {
    return sids.stream().map(files::name).sorted().collect(Collectors.joining(", "));
  }

  private static String paths(List<Finding> findings) {
    String named =
        findings.stream()
            .limit(NAMED)
            .map(finding -> finding.path().toString())
            .collect(Collectors.joining(", "));
    int more = findings.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  /**
   * Commands that make administrators the owner of a folder and its content, and remove all other
   * access. A link itself is changed, not its target.
   */
  static String commandToClose(Path folder) {
    String quoted = '"' + folder.toString() + '"';
    return "icacls %s /setowner %s /t /l /q && icacls %s /reset /t /l /q && icacls %s"
            .formatted(quoted, ADMINISTRATORS, quoted, quoted)
        + " /inheritance:r /grant:r %s:(OI)(CI)F %s:(OI)(CI)F".formatted(SYSTEM, ADMINISTRATORS);
  }

  /** Commands that remove the rights of all findings, in sequence. */
  static String commandsToTakeAway(Collection<Finding> findings) {
    return findings.stream()
        .map(finding -> commandToTakeAway(finding.path(), List.of(finding), false))
        .collect(Collectors.joining(" && "));
  }

  /**
   * Commands that remove the rights of the findings, and keep those of other accounts.
   *
   * @param below whether to include the content of the folder
   */
  static String commandToTakeAway(Path path, Collection<Finding> findings, boolean below) {
    Set<String> sids = new TreeSet<>();
    findings.forEach(finding -> sids.addAll(finding.others()));
    String accounts = sids.stream().map(sid -> "*" + sid).collect(Collectors.joining(" "));
    String options = (below ? " /t" : "") + " /l /q";
    String call = "icacls \"" + path + "\" ";
    return call
        + ("/setowner " + ADMINISTRATORS + options + " && ")
        + call
        + ("/inheritance:d" + options + " && ")
        + call
        + ("/remove:g " + accounts + options);
  }
}
