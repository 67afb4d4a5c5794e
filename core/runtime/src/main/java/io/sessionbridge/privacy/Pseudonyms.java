package io.sessionbridge.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Generates pseudonyms with one key: a letter for the {@link NameType}, a hyphen and the first 96
 * bits of an HMAC-SHA-256 in hexadecimal, for instance {@code u-3f0c...}. They are valid as host
 * names, topic levels and keys. Any thread.
 */
final class Pseudonyms {

  /** In bytes; shorter keys are refused. */
  static final int SHORTEST_KEY = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] KEY_ID_INPUT = "sessionbridge/key_id".getBytes(UTF_8);
  private static final int KEY_ID_BYTES = 4;
  private static final int BYTES = 12;

  /** Events of a fleet repeat few names. */
  private static final int REMEMBERED = 2_000;

  private final Mac mac;
  private final String keyId;
  private final Map<Name, String> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Name(NameType type, String text) {}

  /**
   * Uses a key.
   *
   * @param key at least {@link #SHORTEST_KEY} bytes in UTF-8
   */
  Pseudonyms(String key) {
    byte[] bytes = key.getBytes(UTF_8);
    if (bytes.length < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "a key must have at least " + SHORTEST_KEY + " bytes, had " + bytes.length);
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
    keyId = HexFormat.of().formatHex(mac.doFinal(KEY_ID_INPUT), 0, KEY_ID_BYTES);
  }

  /** Identifies the key without revealing it. */
  String keyId() {
    return keyId;
  }

  /** The pseudonym of a name in any spelling. */
  synchronized String of(NameType type, String text) {
    return known.computeIfAbsent(
        new Name(type, text),
        name ->
            type.letter()
                + "-"
                + HexFormat.of().formatHex(mac.doFinal(type.input(text)), 0, BYTES));
  }

  /** The pseudonym of a user's name, which may be a UPN. */
  String ofUser(String name) {
    return of(NameType.of(name), name);
  }
}
