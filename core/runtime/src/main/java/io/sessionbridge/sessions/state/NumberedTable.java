package io.sessionbridge.sessions.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent sorted map of elements by number. Immutable: a change returns a new table that
 * shares all but two short arrays with the old one, so changes stay cheap with 10,000 elements.
 *
 * <p>Elements are stored in pages of at most {@link #PAGE}; a longer page is split.
 */
public final class NumberedTable<V extends NumberedTable.Numbered> {

  /** An element with its number. */
  interface Numbered {
    long id();
  }

  private static final NumberedTable<?> EMPTY = new NumberedTable<>(new Numbered[0][], 0);

  private static final int PAGE = 96;

  private final Numbered[][] pages;
  private final int size;

  private NumberedTable(Numbered[][] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // it is empty
  public static <V extends Numbered> NumberedTable<V> empty() {
    return (NumberedTable<V>) EMPTY;
  }

  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only V elements are added
  public @Nullable V get(long id) {
    int page = pageOf(id);
    if (page < 0) {
      return null;
    }
    int at = find(pages[page], id);
    return at < 0 ? null : (V) pages[page][at];
  }

  /** The only page that can hold the number; -1 if it is before all pages. */
  private int pageOf(long id) {
    int low = 0;
    int high = pages.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (pages[middle][0].id() <= id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** Like {@link Arrays#binarySearch}: the index, or -(insertion point) - 1. */
  private static int find(Numbered[] page, long id) {
    int low = 0;
    int high = page.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = page[middle].id();
      if (there == id) {
        return middle;
      }
      if (there < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  public NumberedTable<V> with(V added) {
    if (pages.length == 0) {
      return new NumberedTable<>(new Numbered[][] {{added}}, 1);
    }
    int page = Math.max(0, pageOf(added.id()));
    Numbered[] old = pages[page];
    int at = find(old, added.id());
    if (at >= 0) {
      Numbered[] changed = old.clone();
      changed[at] = added;
      return new NumberedTable<>(withPage(page, changed), size);
    }
    Numbered[] longer = inserted(old, -at - 1, added);
    if (longer.length <= PAGE) {
      return new NumberedTable<>(withPage(page, longer), size + 1);
    }
    int half = longer.length / 2;
    Numbered[][] more = new Numbered[pages.length + 1][];
    System.arraycopy(pages, 0, more, 0, page);
    more[page] = Arrays.copyOfRange(longer, 0, half);
    more[page + 1] = Arrays.copyOfRange(longer, half, longer.length);
    System.arraycopy(pages, page + 1, more, page + 2, pages.length - page - 1);
    return new NumberedTable<>(more, size + 1);
  }

  private static Numbered[] inserted(Numbered[] old, int at, Numbered added) {
    Numbered[] longer = new Numbered[old.length + 1];
    System.arraycopy(old, 0, longer, 0, at);
    longer[at] = added;
    System.arraycopy(old, at, longer, at + 1, old.length - at);
    return longer;
  }

  private Numbered[][] withPage(int page, Numbered[] changed) {
    Numbered[][] copy = pages.clone();
    copy[page] = changed;
    return copy;
  }

  public NumberedTable<V> without(long id) {
    int page = pageOf(id);
    int at = page < 0 ? -1 : find(pages[page], id);
    if (at < 0) {
      return this;
    }
    Numbered[] old = pages[page];
    if (old.length == 1) {
      Numbered[][] fewer = new Numbered[pages.length - 1][];
      System.arraycopy(pages, 0, fewer, 0, page);
      System.arraycopy(pages, page + 1, fewer, page, fewer.length - page);
      return new NumberedTable<>(fewer, size - 1);
    }
    Numbered[] shorter = new Numbered[old.length - 1];
    System.arraycopy(old, 0, shorter, 0, at);
    System.arraycopy(old, at + 1, shorter, at, shorter.length - at);
    return new NumberedTable<>(withPage(page, shorter), size - 1);
  }

  /** In ascending order of the numbers. */
  @SuppressWarnings("unchecked") // only V elements are added
  public void forEach(Consumer<V> action) {
    for (Numbered[] page : pages) {
      for (Numbered each : page) {
        action.accept((V) each);
      }
    }
  }
}
