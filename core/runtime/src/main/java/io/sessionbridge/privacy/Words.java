package io.sessionbridge.privacy;

import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes texts that are words of the system and identify nobody. */
final class Words {

  /**
   * The reasons that this agent writes. A replayed line may have a sentence there, which may
   * contain a name.
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

  /**
   * Values of closed lists, including the authentication packages of Windows. They are kept even if
   * a user has the same name, such as {@code local}.
   */
  private static final Set<String> SYSTEM =
      Set.of(
          "CloudAP",
          "Kerberos",
          "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0",
          "NTLM",
          "Negotiate",
          "Schannel",
          "TSSSP",
          "WDigest",
          "active",
          "batch",
          "boot",
          "cached_interactive",
          "cached_remote_interactive",
          "cached_unlock",
          "connect_query",
          "connect_time",
          "connected",
          "console",
          "degraded",
          "directory",
          "disconnect_time",
          "disconnected",
          "display_request",
          "domain",
          "down",
          "entra",
          "fast_startup",
          "ica",
          "idle",
          "init",
          "interactive",
          "kernel",
          "listen",
          "local",
          "locked",
          "network",
          "network_cleartext",
          "new_credentials",
          "nobody",
          "pcoip",
          "pku2u",
          "presence",
          "proxy",
          "rdp",
          "remote_interactive",
          "replay",
          "reset",
          "scm",
          "sens",
          "service",
          "session",
          "shadow",
          "unknown",
          "unlock",
          "up",
          "virtual",
          "wts");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:#+*/-]{1,64}");

  /**
   * Texts that agents generate, which contain short names only by chance: the offset of a clock, a
   * hash or an id in hexadecimal, a version, a station of Remote Desktop, a record of the event
   * log, a type of logon without a word.
   */
  private static final Pattern AGENT =
      Pattern.compile(
          "[+-][0-9]{2}:[0-9]{2}|[0-9a-f]{16,64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|[0-9]{1,4}\\.[0-9]{1,4}\\.[0-9]{1,4}(-SNAPSHOT)?|(RDP-Tcp|ICA-tcp)#[0-9]{1,9}"
              + "|(winlogon|event_log|kernel_(general|power|boot))_[0-9]{1,5}|type_[0-9]{1,10}");

  /** As agents generate them: an epoch of 16 hexadecimal digits, and a number. */
  private static final Pattern EVENT_ID = Pattern.compile("[0-9a-f]{16}-[0-9]{1,20}(-gap)?");

  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,20}");

  private Words() {}

  static boolean isReason(String text) {
    return REASONS.contains(text);
  }

  static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** Whether it is a word of a closed list, even if it is also a name. */
  static boolean isOfSystem(String text) {
    return SYSTEM.contains(text);
  }

  /** Whether it has a form that agents generate; a name may have it too. */
  static boolean isOfAgent(String text) {
    return AGENT.matcher(text).matches();
  }

  static boolean isEventId(String text) {
    return EVENT_ID.matcher(text).matches();
  }

  static boolean isSequence(String text) {
    return SEQUENCE.matcher(text).matches();
  }
}
