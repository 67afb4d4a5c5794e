package io.sessionbridge.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.net.InetAddresses;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A type of name. Equal names of different types have different pseudonyms, so they do not show
 * that a user and a host share a name. Each type has a normal form, so that all spellings of a name
 * have the same pseudonym.
 */
enum NameType {
  /** The name of an account without its domain; {@link #of} distinguishes it from a UPN. */
  USER("user", "u"),
  UPN("upn", "p"),
  SID("sid", "s"),
  /** NetBIOS or DNS name of a domain. */
  DOMAIN("domain", "d"),
  /** The number of a logon session, in hexadecimal. */
  LOGON("logon", "l"),
  CLIENT("client", "c"),
  ADDRESS("address", "a"),
  /** Short or fully qualified name of a host. */
  HOST("host", "h"),
  HOST_ID("host_id", "i"),
  BOOT("boot", "b"),
  /** The id of an event from another program. */
  EVENT_ID("event_id", "e");

  private final String word;
  private final String letter;

  NameType(String word, String letter) {
    this.word = word;
    this.letter = letter;
  }

  /** As used in the input of the hash. */
  String word() {
    return word;
  }

  /** The first letter of its pseudonyms. */
  String letter() {
    return letter;
  }

  /** The canonical spelling of a name. */
  String normalForm(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    return switch (this) {
      case USER -> account(composed);
      case UPN, HOST_ID, BOOT -> lower(composed);
      case SID -> composed.toUpperCase(Locale.ROOT);
      case DOMAIN, CLIENT -> dns(composed);
      case LOGON -> number(composed);
      case ADDRESS -> address(composed);
      case HOST -> host(composed);
      case EVENT_ID -> text;
    };
  }

  /** The input of the hash: the type, a zero byte, the normal form. */
  byte[] input(String text) {
    return ("sessionbridge/" + word + "\0" + normalForm(text)).getBytes(UTF_8);
  }

  /** The type of a user's name: some sources report the UPN as the name. */
  static NameType of(String userName) {
    return userName.indexOf('@') > 0 && userName.indexOf('\\') < 0 ? UPN : USER;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String account(String text) {
    return lower(text.substring(text.lastIndexOf('\\') + 1));
  }

  private static String dns(String text) {
    String name = lower(text);
    return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Windows writes the name of a server as {@code \\SERVER}. */
  private static String host(String text) {
    return dns(text.startsWith("\\\\") ? text.substring(2) : text);
  }

  private static String number(String text) {
    String digits = lower(text);
    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }

  static boolean isAddress(String text) {
    return InetAddresses.isInetAddress(withoutZone(text));
  }

  private static String address(String text) {
    return isAddress(text)
        ? InetAddresses.toAddrString(InetAddresses.forString(withoutZone(text)))
        : dns(text);
  }

  /** The zone of an IPv6 address belongs to the reporting machine, not to the client. */
  private static String withoutZone(String text) {
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
