package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds who can change what a service runs: they are as powerful as the service. Covers each file
 * of the given folders, links and their targets, all folders above, and owners.
 */
public final class RunAccess {

  private static final Pattern DOMAIN_ADMINISTRATORS =
      Pattern.compile("S-1-5-21-\\d+-\\d+-\\d+-51[29]");

  private final FileSecurity files;

  /** Checks files of this machine. */
  public RunAccess() {
    this(new NativeFileSecurity());
  }

  RunAccess(FileSecurity files) {
    this.files = files;
  }

  /**
   * Returns a sentence that says who can change what, with the commands that fix it; empty if only
   * the system and its administrators can. All paths are absolute and normalised.
   *
   * @param runs files and folders; for a missing one, the folders above are checked
   * @param except folders in them without programs
   */
  public Optional<String> others(List<Path> runs, Set<Path> except) throws IOException {
    return others(runs, except, Set.of());
  }

  /**
   * As {@link #others(List, Set)}.
   *
   * @param unfilled folders in which a new file or folder would become part of what runs
   */
  public Optional<String> others(List<Path> runs, Set<Path> except, Set<Path> unfilled)
      throws IOException {
    Survey survey = new Survey(files);
    Set<Path> tops = new LinkedHashSet<>(runs);
    for (Path top : tops) {
      Path unused = survey.way(top);
      survey.tree(top, Rights.CHANGE, except);
    }
    for (Path folder : unfilled) {
      survey.makersIn(folder);
    }
    followLinks(survey, except);
    List<Finding> findings = survey.findings();
    if (findings.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FindingText(files).text(findings)
            + ", and so control the system; keep the program, Java and the configuration"
            + " below C:\\Program Files, or remove the permission: "
            + commands(findings, tops));
  }

  /**
   * Returns who other than the system, its administrators and domain administrators can change the
   * file, its link target, or a folder above; empty if nobody. The path is absolute and normalised;
   * it may be on a share.
   */
  public Optional<String> othersOf(Path file) throws IOException {
    Survey survey = new Survey(files);
    survey.tree(survey.way(file), Rights.CHANGE, Set.of());
    return othersOf(survey);
  }

  /**
   * As {@link #othersOf}, and also who can create files next to the program, from where it would
   * load libraries.
   */
  public Optional<String> othersOfProgram(Path program) throws IOException {
    Survey survey = new Survey(files);
    Path place = survey.way(program);
    survey.tree(place, Rights.CHANGE, Set.of());
    makersBeside(survey, place);
    if (survey.links().contains(place)) {
      makersBeside(survey, files.resolve(place));
    }
    return othersOf(survey);
  }

  private static void makersBeside(Survey survey, Path program) throws IOException {
    Path folder = program.getParent();
    if (folder != null) {
      survey.makersIn(folder);
    }
  }

  private Optional<String> othersOf(Survey survey) throws IOException {
    followLinks(survey, Set.of());
    List<Finding> findings =
        survey.findings().stream()
            .filter(finding -> !finding.others().stream().allMatch(RunAccess::isOfDomain))
            .toList();
    return findings.isEmpty()
        ? Optional.empty()
        : Optional.of(new FindingText(files).text(findings));
  }

  /** Domain Admins and Enterprise Admins, who are administrators on every machine. */
  private static boolean isOfDomain(String sid) {
    return DOMAIN_ADMINISTRATORS.matcher(sid).matches();
  }

  /** Follows links step by step, because changing any link on the way changes the target. */
  private void followLinks(Survey survey, Set<Path> except) throws IOException {
    Set<Path> followed = new HashSet<>();
    Deque<Path> links = new ArrayDeque<>(survey.links());
    while (!links.isEmpty()) {
      Path link = links.remove();
      if (followed.add(link)) {
        survey.tree(survey.way(survey.target(link)), Rights.CHANGE, except);
        links.addAll(survey.links());
      }
    }
  }

  /** One command for each top folder with findings, and for each folder outside of them. */
  private static String commands(List<Finding> findings, Set<Path> tops) {
    Set<Path> places = new LinkedHashSet<>();
    for (Finding finding : findings) {
      places.add(
          tops.stream().filter(finding.path()::startsWith).findFirst().orElse(finding.path()));
    }
    return places.stream()
        .map(place -> command(place, findings, tops.contains(place)))
        .collect(Collectors.joining(" && "));
  }

  private static String command(Path place, List<Finding> findings, boolean below) {
    List<Finding> here =
        findings.stream()
            .filter(
                finding -> below ? finding.path().startsWith(place) : finding.path().equals(place))
            .toList();
    return FindingText.commandToTakeAway(place, here, below);
  }
}
