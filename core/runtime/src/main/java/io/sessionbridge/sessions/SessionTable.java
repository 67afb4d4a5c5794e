package io.sessionbridge.sessions;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by their numbers, in order. Immutable: a change gives a new table that shares all but
 * two short arrays with the old one, so that 10,000 sessions cost as little as ten.
 *
 * <p>The sessions stand in pages of at most {@link #PAGE}; a page that would be longer is split.
 */
final class SessionTable {

  static final SessionTable EMPTY = new SessionTable(new Session[0][], 0);

  private static final int PAGE = 96;

  private final Session[][] pages;
  private final int size;

  private SessionTable(Session[][] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  int size() {
    return size;
  }

  @Nullable Session get(long id) {
    int page = pageOf(id);
    if (page < 0) {
      return null;
    }
    int at = find(pages[page], id);
    return at < 0 ? null : pages[page][at];
  }

  /** The page that holds the number, if one does; -1 if it is before all. */
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

  /** As {@link Arrays#binarySearch}: where it is, or where it would be, as -(place) - 1. */
  private static int find(Session[] page, long id) {
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

  SessionTable with(Session session) {
    if (pages.length == 0) {
      return new SessionTable(new Session[][] {{session}}, 1);
    }
    int page = Math.max(0, pageOf(session.id()));
    Session[] old = pages[page];
    int at = find(old, session.id());
    if (at >= 0) {
      Session[] changed = old.clone();
      changed[at] = session;
      return new SessionTable(withPage(page, changed), size);
    }
    Session[] longer = inserted(old, -at - 1, session);
    if (longer.length <= PAGE) {
      return new SessionTable(withPage(page, longer), size + 1);
    }
    int half = longer.length / 2;
    Session[][] more = new Session[pages.length + 1][];
    System.arraycopy(pages, 0, more, 0, page);
    more[page] = Arrays.copyOfRange(longer, 0, half);
    more[page + 1] = Arrays.copyOfRange(longer, half, longer.length);
    System.arraycopy(pages, page + 1, more, page + 2, pages.length - page - 1);
    return new SessionTable(more, size + 1);
  }

  private static Session[] inserted(Session[] old, int at, Session session) {
    Session[] longer = new Session[old.length + 1];
    System.arraycopy(old, 0, longer, 0, at);
    longer[at] = session;
    System.arraycopy(old, at, longer, at + 1, old.length - at);
    return longer;
  }

  private Session[][] withPage(int page, Session[] changed) {
    Session[][] copy = pages.clone();
    copy[page] = changed;
    return copy;
  }

  SessionTable without(long id) {
    int page = pageOf(id);
    int at = page < 0 ? -1 : find(pages[page], id);
    if (at < 0) {
      return this;
    }
    Session[] old = pages[page];
    if (old.length == 1) {
      Session[][] fewer = new Session[pages.length - 1][];
      System.arraycopy(pages, 0, fewer, 0, page);
      System.arraycopy(pages, page + 1, fewer, page, fewer.length - page);
      return new SessionTable(fewer, size - 1);
    }
    Session[] shorter = new Session[old.length - 1];
    System.arraycopy(old, 0, shorter, 0, at);
    System.arraycopy(old, at + 1, shorter, at, shorter.length - at);
    return new SessionTable(withPage(page, shorter), size - 1);
  }

  /** In the order of their numbers. */
  void forEach(Consumer<Session> action) {
    for (Session[] page : pages) {
      for (Session session : page) {
        action.accept(session);
      }
    }
  }
}
