package io.sessionbridge.privacy;

import io.sessionbridge.config.SecretFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A key that maps names to their pseudonyms. Any thread. */
public final class PrivacyKey {

  private final Pseudonyms pseudonyms;

  PrivacyKey(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /**
   * A possible pseudonym of a name.
   *
   * @param pseudonym as in events
   * @param type of the name, for instance {@code user}
   * @param normal the spelling that was hashed
   */
  public record Found(String pseudonym, String type, String normal) {}

  /**
   * Reads a key from its file.
   *
   * @throws IOException if it is not valid; the message names the key and the file
   */
  public static PrivacyKey read(SecretFile file) throws IOException {
    return new PrivacyKey(PrivacyKeys.read(file));
  }

  /** As in the field {@code key_id} of events. */
  public String id() {
    return pseudonyms.keyId();
  }

  /** The pseudonyms of a name, for each type that it can have. */
  public List<Found> find(String name) {
    String text = name.strip();
    List<Found> found = new ArrayList<>();
    for (NameType type : types(text)) {
      found.add(found(type, text));
    }
    int backslash = text.indexOf('\\');
    if (backslash > 0) {
      found.add(found(NameType.DOMAIN, text.substring(0, backslash)));
    }
    int dot = text.indexOf('.');
    if (found.stream().anyMatch(one -> one.type().equals(NameType.HOST.word())) && dot > 0) {
      found.add(found(NameType.HOST, text.substring(0, dot)));
    }
    return found;
  }

  private Found found(NameType type, String text) {
    return new Found(pseudonyms.of(type, text), type.word(), type.normalForm(text));
  }

  private static List<NameType> types(String text) {
    if (text.regionMatches(true, 0, "S-1-", 0, "S-1-".length())) {
      return List.of(NameType.SID);
    }
    if (NameType.of(text) == NameType.UPN) {
      return List.of(NameType.UPN);
    }
    if (text.indexOf('\\') > 0) {
      return List.of(NameType.USER);
    }
    if (text.regionMatches(true, 0, "0x", 0, 2)) {
      return List.of(NameType.LOGON);
    }
    if (NameType.isAddress(text)) {
      return List.of(NameType.ADDRESS);
    }
    return List.of(
        NameType.USER, NameType.CLIENT, NameType.HOST, NameType.DOMAIN, NameType.HOST_ID);
  }
}
