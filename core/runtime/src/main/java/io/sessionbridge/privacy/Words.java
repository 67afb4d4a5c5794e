package io.sessionbridge.privacy;

import java.util.Set;
import java.util.regex.Pattern;

/** Which texts of an event are words of a system and so name nobody. */
final class Words {

  /**
   * The reasons that this agent writes. A replayed line may have a sentence there, and a sentence
   * may name somebody.
   */
  private static final Set<String> REASONS =
      Set.of(
          "completed",
          "corrupt",
          "cursor_damaged",
          "driver_loaded",
          "evicted",
          "expired",
          "fast_startup",
          "file_lost",
          "flood",
          "handoff_full",
          "log_overwritten",
          "missing",
          "periodic",
          "registered_late",
          "resumed",
          "started",
          "undecoded_control",
          "unknown",
          "unreadable",
          "watch",
          "write_failed");

  /** Values of closed lists: a user may be called {@code local}, and an account type still is. */
  private static final Set<String> SYSTEM =
      Set.of(
          "active",
          "connected",
          "console",
          "degraded",
          "directory",
          "disconnected",
          "display_request",
          "domain",
          "down",
          "entra",
          "ica",
          "idle",
          "interactive",
          "local",
          "locked",
          "nobody",
          "pcoip",
          "presence",
          "rdp",
          "remote_interactive",
          "replay",
          "scm",
          "sens",
          "service",
          "session",
          "unknown",
          "up",
          "virtual",
          "wts");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:#+*/-]{1,64}");

  /** As agents make them: an epoch of 16 hexadecimal digits, and a number. */
  private static final Pattern EVENT_ID = Pattern.compile("[0-9a-f]{16}-[0-9]{1,20}(-gap)?");

  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,20}");

  private Words() {}

  static boolean isReason(String text) {
    return REASONS.contains(text);
  }

  static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** Whether it is a word of a closed list, whoever may be called so. */
  static boolean isOfSystem(String text) {
    return SYSTEM.contains(text);
  }

  static boolean isEventId(String text) {
    return EVENT_ID.matcher(text).matches();
  }

  static boolean isSequence(String text) {
    return SEQUENCE.matcher(text).matches();
  }
}
