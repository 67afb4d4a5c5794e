package io.sessionbridge.sink.eventlog.messages;

import java.util.List;

/**
 * The version information of a file ({@code VS_VERSIONINFO} in "Version Information Reference"). It
 * is a tree of nodes: {WORD size, WORD size of the value, WORD is text, key NUL, zeros up to 4,
 * value, zeros up to 4, children}.
 */
final class VersionResource {

  private static final int SIGNATURE = 0xFEEF04BD;
  private static final int STRUCTURE_VERSION = 0x00010000;
  private static final int ANY_FLAGS = 0x3F;
  private static final int WINDOWS_NT_32 = 0x00040004;
  private static final int TYPE_DLL = 2;

  /** US English in UTF-16, in hexadecimal and as two numbers. */
  private static final String LANGUAGE = "040904B0";

  private static final int LANGUAGE_NUMBER = 0x0409;
  private static final int CODE_PAGE_NUMBER = 0x04B0;

  private VersionResource() {}

  static byte[] of(String fileName, int version) {
    String text = version + ".0.0.0";
    byte[] strings =
        node(
            LANGUAGE,
            List.of(
                string("CompanyName", "SessionBridge"),
                string("FileDescription", "Texts of SessionBridge in the Windows event log"),
                string("FileVersion", text),
                string("InternalName", fileName),
                string("LegalCopyright", "Apache License 2.0"),
                string("OriginalFilename", fileName),
                string("ProductName", "SessionBridge"),
                string("ProductVersion", text)));
    byte[] language = new LittleEndian().word(LANGUAGE_NUMBER).word(CODE_PAGE_NUMBER).bytes();
    return node(
        "VS_VERSION_INFO",
        fixed(version),
        0,
        List.of(
            node("StringFileInfo", List.of(strings)),
            node("VarFileInfo", List.of(node("Translation", language, 0, List.of())))));
  }

  private static byte[] fixed(int version) {
    int high = version << 16;
    return new LittleEndian()
        .dword(SIGNATURE)
        .dword(STRUCTURE_VERSION)
        .dword(high)
        .dword(0)
        .dword(high)
        .dword(0)
        .dword(ANY_FLAGS)
        .dword(0)
        .dword(WINDOWS_NT_32)
        .dword(TYPE_DLL)
        .zeros(12)
        .bytes();
  }

  private static byte[] string(String key, String text) {
    byte[] value = new LittleEndian().text(text + "\0").bytes();
    return node(key, value, 1, List.of());
  }

  private static byte[] node(String key, List<byte[]> children) {
    return node(key, new byte[0], 1, children);
  }

  private static byte[] node(String key, byte[] value, int isText, List<byte[]> children) {
    LittleEndian rest = new LittleEndian().text(key + "\0");
    align(rest);
    rest.raw(value);
    for (byte[] child : children) {
      align(rest);
      rest.raw(child);
    }
    int valueSize = isText == 1 ? value.length / 2 : value.length;
    return new LittleEndian()
        .word(6 + rest.size())
        .word(valueSize)
        .word(isText)
        .raw(rest.bytes())
        .bytes();
  }

  /** Aligns to a multiple of 4, counting the 6 bytes before it. */
  private static void align(LittleEndian afterHead) {
    afterHead.zeros(LittleEndian.up(6 + afterHead.size(), 4) - 6 - afterHead.size());
  }
}
