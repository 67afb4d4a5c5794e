package io.sessionbridge.windows.access;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says who may change what, and the commands of Windows that end it. */
final class FindingText {

  /** Of one kind of finding so many paths are named. */
  private static final int NAMED = 3;

  static final String ADMINISTRATORS = "*S-1-5-32-544";
  private static final String SYSTEM = "*S-1-5-18";

  private final FileSecurity files;

  FindingText(FileSecurity files) {
    this.files = files;
  }

  /**
   * For instance {@code BUILTIN\Users may change C:\a, C:\b and 3 more}, one after the other for
   * each group of people.
   */
  String text(Collection<Finding> findings) {
    Map<Set<String>, List<Finding>> groups =
        findings.stream()
            .collect(
                Collectors.groupingBy(Finding::others, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream()
        .map(group -> names(group.getKey()) + " may change " + paths(group.getValue()))
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
   * The commands that give a folder and what is in it to administrators, and take everybody else's
   * rights away. A link is changed itself, and not what it leads to.
   */
  static String commandToClose(Path folder) {
    String quoted = '"' + folder.toString() + '"';
    return "icacls %s /setowner %s /t /l /q && icacls %s /reset /t /l /q && icacls %s"
            .formatted(quoted, ADMINISTRATORS, quoted, quoted)
        + " /inheritance:r /grant:r %s:(OI)(CI)F %s:(OI)(CI)F".formatted(SYSTEM, ADMINISTRATORS);
  }

  /** The commands that take the rights of each finding away, one after the other. */
  static String commandsToTakeAway(Collection<Finding> findings) {
    return findings.stream()
        .map(finding -> commandToTakeAway(finding.path(), List.of(finding), false))
        .collect(Collectors.joining(" && "));
  }

  /**
   * The commands that take the rights of a finding away, and leave those of others.
   *
   * @param below whether also from what is in it
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
