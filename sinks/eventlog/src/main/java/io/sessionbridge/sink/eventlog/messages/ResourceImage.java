package io.sessionbridge.sink.eventlog.messages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * A 64-bit DLL that contains only resources: no code, no entry point, no time stamp ("PE Format" in
 * Microsoft's documentation).
 *
 * <pre>
 * DOS header | "PE" | file header | optional header | section header | zeros | .rsrc
 * </pre>
 */
final class ResourceImage {

  private static final int DOS_HEADER_BYTES = 64;
  private static final int HEADERS_BYTES = 0x200;
  private static final int FILE_ALIGNMENT = 0x200;
  private static final int SECTION_ALIGNMENT = 0x1000;
  private static final int SECTION_ADDRESS = SECTION_ALIGNMENT;
  private static final int OPTIONAL_HEADER_BYTES = 240;
  private static final int DIRECTORIES = 16;
  private static final int RESOURCE_DIRECTORY = 2;
  private static final long IMAGE_BASE = 0x1_8000_0000L;

  private static final int MACHINE_AMD64 = 0x8664;

  /** Executable, large address aware, DLL. */
  private static final int CHARACTERISTICS = 0x2022;

  private static final int PE32_PLUS = 0x20B;
  private static final int SUBSYSTEM_WINDOWS = 2;

  /** High-entropy address space, dynamic base, NX compatible, no structured exception handling. */
  private static final int DLL_CHARACTERISTICS = 0x0560;

  /** Readable data. */
  private static final int SECTION_CHARACTERISTICS = 0x4000_0040;

  private static final int TABLE_BYTES = 16;
  private static final int TABLE_ENTRY_BYTES = 8;
  private static final int DATA_ENTRY_BYTES = 16;
  private static final int IS_TABLE = 0x8000_0000;
  private static final int NAME = 1;
  private static final int NO_LANGUAGE = 0;

  private ResourceImage() {}

  /**
   * An image of these resources.
   *
   * @param resources of different types, in the order of their numbers
   */
  static byte[] of(List<Resource> resources) {
    byte[] section = section(resources);
    int rawBytes = LittleEndian.up(section.length, FILE_ALIGNMENT);
    LittleEndian image = new LittleEndian();
    image.raw("MZ".getBytes(US_ASCII)).zeros(DOS_HEADER_BYTES - 6).dword(DOS_HEADER_BYTES);
    image.raw("PE\0\0".getBytes(US_ASCII));
    image.word(MACHINE_AMD64).word(1).zeros(12);
    image.word(OPTIONAL_HEADER_BYTES).word(CHARACTERISTICS);
    addOptionalHeader(image, section.length, rawBytes);
    image.raw(".rsrc\0\0\0".getBytes(US_ASCII));
    image.dword(section.length).dword(SECTION_ADDRESS).dword(rawBytes).dword(HEADERS_BYTES);
    image.zeros(12).dword(SECTION_CHARACTERISTICS);
    return image.align(HEADERS_BYTES).raw(section).align(FILE_ALIGNMENT).bytes();
  }

  private static void addOptionalHeader(LittleEndian image, int sectionBytes, int rawBytes) {
    image.word(PE32_PLUS).word(0); // the version of the linker
    image.dword(0).dword(rawBytes).dword(0); // code, data, data without content
    image.dword(0).dword(0); // entry point, code
    image.qword(IMAGE_BASE).dword(SECTION_ALIGNMENT).dword(FILE_ALIGNMENT);
    image.word(6).word(0).word(0).word(0).word(6).word(0).dword(0); // versions of Windows
    image.dword(SECTION_ADDRESS + LittleEndian.up(sectionBytes, SECTION_ALIGNMENT));
    image.dword(HEADERS_BYTES).dword(0); // no checksum: only drivers need one
    image.word(SUBSYSTEM_WINDOWS).word(DLL_CHARACTERISTICS);
    image.qword(0x10_0000).qword(0x1000).qword(0x10_0000).qword(0x1000); // stack and heap
    image.dword(0).dword(DIRECTORIES);
    image.zeros(8 * RESOURCE_DIRECTORY).dword(SECTION_ADDRESS).dword(sectionBytes);
    image.zeros(8 * (DIRECTORIES - RESOURCE_DIRECTORY - 1));
  }

  /** Three levels of tables, by type, name and language; the entries of the data; the data. */
  private static byte[] section(List<Resource> resources) {
    int count = resources.size();
    int single = TABLE_BYTES + TABLE_ENTRY_BYTES;
    int names = TABLE_BYTES + TABLE_ENTRY_BYTES * count;
    int languages = names + single * count;
    int entries = languages + single * count;
    int data = entries + DATA_ENTRY_BYTES * count;

    LittleEndian section = new LittleEndian();
    addTable(section, count);
    for (int i = 0; i < count; i++) {
      section.dword(resources.get(i).type()).dword(names + single * i | IS_TABLE);
    }
    for (int i = 0; i < count; i++) {
      addTable(section, 1);
      section.dword(NAME).dword(languages + single * i | IS_TABLE);
    }
    for (int i = 0; i < count; i++) {
      addTable(section, 1);
      section.dword(NO_LANGUAGE).dword(entries + DATA_ENTRY_BYTES * i);
    }
    int at = LittleEndian.up(data, 8);
    for (Resource resource : resources) {
      section.dword(SECTION_ADDRESS + at).dword(resource.content().length).dword(0).dword(0);
      at = LittleEndian.up(at + resource.content().length, 8);
    }
    for (Resource resource : resources) {
      section.align(8).raw(resource.content());
    }
    return section.bytes();
  }

  private static void addTable(LittleEndian section, int entriesById) {
    section.zeros(TABLE_BYTES - 2).word(entriesById);
  }
}
