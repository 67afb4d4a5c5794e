package io.sessionbridge.bridge;

import io.sessionbridge.config.Place;
import io.sessionbridge.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files that the entries of a configuration read and write. Finds conflicts among them without
 * knowing the types of the entries.
 */
final class FileClaims {

  private record Claim(Place entry, Path file) {

    boolean isOnSameFileAs(Claim other) {
      try {
        return real(file).equals(real(other.file))
            || Files.exists(file) && Files.exists(other.file) && Files.isSameFile(file, other.file);
      } catch (IOException e) {
        return false; // report no conflict that cannot be verified
      }
    }

    boolean isIn(Path folder) {
      try {
        return real(file).startsWith(real(folder));
      } catch (IOException e) {
        return false;
      }
    }

    /** Whether it cannot be a file, because the other is below it. */
    boolean isAbove(Path other) {
      try {
        return real(other).startsWith(real(file)) && !real(other).equals(real(file));
      } catch (IOException e) {
        return false;
      }
    }

    /** Resolves links in the folders that exist; the file itself need not exist yet. */
    private static Path real(Path path) throws IOException {
      Path whole = path.toAbsolutePath().normalize();
      for (Path there = whole; there != null; there = there.getParent()) {
        if (Files.exists(there)) {
          return there.toRealPath().resolve(there.relativize(whole)).normalize();
        }
      }
      return whole;
    }
  }

  /** Files that an entry may read without naming them. */
  private record Pattern(Place entry, Predicate<Path> files) {

    boolean covers(Claim claim) {
      try {
        return files.test(claim.file()) || files.test(Claim.real(claim.file()));
      } catch (IOException e) {
        return false;
      }
    }
  }

  private final List<Claim> written = new ArrayList<>();
  private final List<Claim> read = new ArrayList<>();
  private final List<Place> standardInput = new ArrayList<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<Path> own = new ArrayList<>();

  void reads(Place entry, List<Path> files) {
    files.forEach(file -> read.add(new Claim(entry, file)));
  }

  void readsStandardInput(Place entry) {
    standardInput.add(entry);
  }

  /** Adds files that the entry may read without naming them. */
  void mayRead(Place entry, Predicate<Path> files) {
    patterns.add(new Pattern(entry, files));
  }

  /** Adds files and folders of the agent itself. */
  void owns(List<Path> files) {
    own.addAll(files);
  }

  void writes(Place entry, List<Path> files) {
    files.forEach(file -> written.add(new Claim(entry, file)));
  }

  void report(Problems problems) {
    for (Place later :
        standardInput.subList(Math.min(1, standardInput.size()), standardInput.size())) {
      problems.add(
          later,
          "reads the standard input, which "
              + standardInput.get(0).path()
              + " also reads: only one source can read it; give the other one a file");
    }
    for (int i = 0; i < written.size(); i++) {
      Claim claim = written.get(i);
      for (Claim earlier : written.subList(0, i)) {
        if (claim.isOnSameFileAs(earlier)) {
          problems.add(
              claim.entry(),
              "writes "
                  + claim.file()
                  + ", which "
                  + earlier.entry().path()
                  + " also writes: give each its own path");
        }
      }
      own.stream()
          .filter(claim::isIn)
          .forEach(
              folder ->
                  problems.add(
                      claim.entry(),
                      "writes "
                          + claim.file()
                          + ", but "
                          + folder
                          + " is used by the agent itself: give the sink another path"));
      if (own.stream().anyMatch(claim::isAbove)) {
        problems.add(
            claim.entry(),
            "writes "
                + claim.file()
                + ", but that is a folder of the agent itself: give the sink the path of a file");
      }
      for (Pattern pattern : patterns) {
        if (pattern.covers(claim)) {
          problems.add(
              claim.entry(),
              "writes "
                  + claim.file()
                  + ", which "
                  + pattern.entry().path()
                  + " may read as a rotated file: every event would be read again endlessly; give"
                  + " the sink another path");
        }
      }
      for (Claim reader : read) {
        if (claim.isOnSameFileAs(reader)) {
          problems.add(
              claim.entry(),
              "writes "
                  + claim.file()
                  + ", which "
                  + reader.entry().path()
                  + " reads: every event would be read again endlessly; give the sink another"
                  + " path");
        }
      }
    }
  }
}
