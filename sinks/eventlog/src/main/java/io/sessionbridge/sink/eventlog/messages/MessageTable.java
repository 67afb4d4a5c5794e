package io.sessionbridge.sink.eventlog.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The resource with the message texts ({@code MESSAGE_RESOURCE_DATA} in {@code winnt.h}).
 *
 * <pre>
 * DWORD blocks
 * {DWORD first id, DWORD last id, DWORD offset of the first entry} per block
 * {WORD size, WORD flags, text CR LF NUL, zeros up to 4} per entry; the size counts all of it
 * </pre>
 */
final class MessageTable {

  private static final int UNICODE = 1;

  /** Consecutive ids. */
  private record Block(int first, List<String> texts) {}

  private MessageTable() {}

  /**
   * The table of these texts.
   *
   * @param texts by id, not negative
   */
  static byte[] of(SortedMap<Integer, String> texts) {
    List<Block> blocks = blocks(texts);
    LittleEndian entries = new LittleEndian();
    LittleEndian table = new LittleEndian().dword(blocks.size());
    int entriesStart = 4 + 12 * blocks.size();
    for (Block block : blocks) {
      table.dword(block.first()).dword(block.first() + block.texts().size() - 1);
      table.dword(entriesStart + entries.size());
      block.texts().forEach(text -> entries.raw(entry(text)));
    }
    return table.raw(entries.bytes()).bytes();
  }

  private static List<Block> blocks(SortedMap<Integer, String> texts) {
    List<Block> blocks = new ArrayList<>();
    int next = -1;
    for (Map.Entry<Integer, String> text : texts.entrySet()) {
      int id = text.getKey();
      if (id != next) {
        blocks.add(new Block(id, new ArrayList<>()));
      }
      blocks.get(blocks.size() - 1).texts().add(text.getValue());
      next = id + 1;
    }
    return blocks;
  }

  private static byte[] entry(String text) {
    byte[] ended = new LittleEndian().text(text + "\r\n\0").align(4).bytes();
    return new LittleEndian().word(4 + ended.length).word(UNICODE).raw(ended).bytes();
  }
}
