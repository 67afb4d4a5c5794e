package io.sessionbridge.sessions.history;

import static io.sessionbridge.sessions.history.View.Attachment.CONSOLE;
import static io.sessionbridge.sessions.history.View.Attachment.NONE;
import static io.sessionbridge.sessions.history.View.Attachment.REMOTE;

import io.sessionbridge.sessions.history.View.Attachment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** The machine while its course is made: its state, and what happened to it so far. */
final class Machine {

  /** Windows finds its users absent after so long without input. */
  static final long INPUT_TIMEOUT = 240_000;

  /** A session id is not used again at once. */
  private static final long ID_RESTS = 10_000;

  private static final long TEN_MINUTES = 600_000;

  private final Profile profile;
  private final List<TrueEvent> trueEvents = new ArrayList<>();
  private final List<View> views = new ArrayList<>();

  /** Ids whose session is gone, and since when. */
  private final Map<Long, Long> free = new LinkedHashMap<>();

  private Random random;
  private int scene = -1;
  private long now;
  private int boot;
  private long bootAt;
  private long wallOffset;
  private long lastInput;
  private boolean present;
  private boolean film;
  private boolean agent;
  private long nextId;
  private int nextSerial = 1;
  private long nextLuid = 0x1F000;

  Machine(Profile profile, Random random) {
    this.profile = profile;
    this.random = random;
    this.now = 7 * 3_600_000L + random.nextInt(3_600_000);
  }

  Profile profile() {
    return profile;
  }

  Random random() {
    return random;
  }

  List<TrueEvent> trueEvents() {
    return trueEvents;
  }

  boolean agent() {
    return agent;
  }

  long now() {
    return now;
  }

  /** Begins a scene, some time after the last one. */
  void begin(int number, Random ofScene) {
    scene = number;
    random = ofScene;
    pass(
        switch (random.nextInt(6)) {
          case 0, 1 -> between(6_000, 60_000);
          case 2, 3 -> between(60_000, 900_000);
          case 4 -> between(900_000, 3_600_000);
          default -> between(3_600_000, 5 * 3_600_000);
        },
        random.nextInt(3) > 0);
  }

  /** Ends the course with a running agent and nothing in transit. */
  void end(int number, Random ofScene) {
    scene = number;
    random = ofScene;
    pass(400_000, true);
    if (!agent) {
      startAgent();
      pass(60_000, true);
    }
  }

  long between(long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }

  // --- time and people

  /**
   * Lets time pass.
   *
   * @param working whether somebody gives input all the while
   */
  void pass(long millis, boolean working) {
    long end = now + millis;
    boolean input = working && anyInUse();
    if (input) {
      touch();
    }
    long absentAt = Math.max(now, lastInput + INPUT_TIMEOUT);
    long compareAt = now + between(7_000, TEN_MINUTES);
    boolean compares = agent && compareAt < end - 7_000;
    boolean leaves = present && !input && absentAt < end;
    if (compares && compareAt <= absentAt) {
      add(What.COMPARE, compareAt);
    }
    if (leaves) {
      present = false;
      add(What.ABSENT, absentAt);
    }
    if (compares && compareAt > absentAt) {
      add(What.COMPARE, compareAt);
    }
    now = Math.max(now, end);
    if (input) {
      lastInput = now;
    }
  }

  private boolean anyInUse() {
    return views.stream().anyMatch(view -> view.loggedOn() && view.connected() && !view.locked());
  }

  /** Somebody moves the mouse. */
  void touch() {
    lastInput = now;
    if (!present) {
      present = true;
      add(What.PRESENT, now);
      now += between(50, 900);
    }
  }

  void film(boolean runs) {
    film = runs;
    happen(runs ? What.FILM_START : What.FILM_END);
  }

  boolean filmRuns() {
    return film;
  }

  // --- sessions

  Optional<View> any(Predicate<View> which) {
    List<View> found = views.stream().filter(which).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(random.nextInt(found.size())));
  }

  boolean isAtConsole(View view) {
    return view.attachment() == CONSOLE;
  }

  Optional<View> atConsole() {
    return views.stream().filter(view -> view.attachment() == CONSOLE).findFirst();
  }

  /** Who is not logged on yet; on some servers also who is. */
  Optional<Person> newcomer() {
    List<Person> people = new ArrayList<>(Person.PEOPLE);
    boolean twice = profile.server() && random.nextInt(4) == 0;
    if (!twice) {
      views.forEach(view -> people.remove(view.user()));
    }
    return people.isEmpty()
        ? Optional.empty()
        : Optional.of(people.get(random.nextInt(people.size())));
  }

  TrueSession create(boolean temporary) {
    long id = nextId;
    Optional<Long> again =
        free.entrySet().stream()
            .filter(entry -> entry.getValue() + ID_RESTS < now)
            .map(Map.Entry::getKey)
            .findFirst();
    if (again.isPresent() && random.nextInt(3) > 0) {
      id = again.get();
      free.remove(id);
    } else {
      nextId++;
    }
    TrueSession session = new TrueSession(nextSerial++, id, boot, temporary);
    views.add(View.of(session));
    happen(What.CREATE, session);
    return session;
  }

  void connect(TrueSession session, Attachment to) {
    change(session, view(session).attached(to));
    if (view(session).loggedOn() && random.nextBoolean()) {
      session.addLuid(nextLuid += 0x1000);
    }
    happen(to == CONSOLE ? What.CONSOLE_CONNECT : What.REMOTE_CONNECT, session);
  }

  /** Takes what it is connected to away; who comes back to a user's session must sign in. */
  void disconnect(TrueSession session) {
    View view = view(session);
    change(session, view.attached(NONE).locked(view.loggedOn()).saver(false));
    happen(
        view.attachment() == CONSOLE ? What.CONSOLE_DISCONNECT : What.REMOTE_DISCONNECT, session);
  }

  void logOn(TrueSession session, Person who) {
    session.logOn(who, snapshot().wall(now), nextLuid += 0x1000);
    change(session, view(session).withUser());
    happen(What.LOGON, session);
    if (profile.desktopReady()) {
      happen(What.DESKTOP_READY, session);
    }
    now += between(500, 4_000);
    happen(What.SHELL, session);
  }

  void lock(TrueSession session) {
    change(session, view(session).locked(true));
    happen(What.LOCK, session);
  }

  void unlock(TrueSession session) {
    change(session, view(session).locked(false));
    if (random.nextBoolean()) {
      session.addLuid(nextLuid += 0x1000);
    }
    happen(What.UNLOCK, session);
  }

  /** Nothing reportable happens. */
  void unlockSilently(TrueSession session) {
    change(session, view(session).locked(false));
  }

  void saver(TrueSession session, boolean runs) {
    change(session, view(session).saver(runs));
    happen(runs ? What.SAVER_START : What.SAVER_STOP, session);
  }

  void shadow(TrueSession session, boolean watched) {
    change(session, view(session).shadowed(watched));
    happen(What.SHADOW, session);
  }

  /** Logs off and all that follows; a console gets a new logon screen. */
  void logOff(TrueSession session) {
    View view = view(session);
    change(session, view.over());
    happen(What.LOGOFF, session);
    leave(session);
    if (view.attachment() == CONSOLE) {
      logonScreen();
    }
  }

  /** Ends a session in which nobody is logged on. */
  void leave(TrueSession session) {
    if (view(session).connected()) {
      disconnect(session);
    }
    views.remove(view(session));
    free.put(session.id(), now);
    happen(What.TERMINATE, session);
  }

  TrueSession logonScreen() {
    TrueSession screen = create(false);
    connect(screen, CONSOLE);
    return screen;
  }

  /** A client signs in by a session of its own, which then gives way to the user's. */
  TrueSession temporary() {
    TrueSession temporary = create(true);
    connect(temporary, REMOTE);
    return temporary;
  }

  View view(TrueSession session) {
    return views.stream().filter(view -> view.session() == session).findFirst().orElseThrow();
  }

  private void change(TrueSession session, View to) {
    views.set(views.indexOf(view(session)), to);
  }

  void pseudoLogon(TrueSession session, Person who) {
    add(What.PSEUDO_LOGON, now, Optional.of(session), Optional.of(who));
  }

  void serviceLogon(Person who) {
    add(What.PSEUDO_LOGON, now, Optional.empty(), Optional.of(who));
  }

  /** Another user's program starts somewhere. */
  void runAs(Person who) {
    add(What.RUN_AS, now, Optional.empty(), Optional.of(who));
  }

  // --- the machine and the agent

  /** Starts the machine and soon the agent. */
  void boot() {
    boot++;
    bootAt = now;
    nextId = 1;
    free.clear();
    views.clear();
    present = false;
    film = false;
    happen(What.BOOT);
    now += between(1_000, 4_000);
    logonScreen();
    now += between(3_000, 40_000);
    startAgent();
    now += between(1_000, 3_000);
  }

  /** The power is gone, whatever was going on. */
  void powerOff() {
    agent = false;
    happen(What.POWER_OFF);
    views.clear();
  }

  void startAgent() {
    agent = true;
    happen(What.AGENT_START);
  }

  void stopAgent(boolean killed) {
    agent = false;
    happen(killed ? What.AGENT_KILL : What.AGENT_STOP);
  }

  void sleep(long millis) {
    happen(What.SUSPEND);
    now += millis;
    happen(What.RESUME);
    lastInput = now;
  }

  /** Somebody or the time service sets the clock. */
  void stepClock(long by) {
    wallOffset += by;
    happen(What.CLOCK_STEP);
  }

  /** Something that happens to the machine, and a moment. */
  void happen(What what) {
    add(what, now);
    now += between(1, 400);
  }

  private void happen(What what, TrueSession session) {
    add(what, now, Optional.of(session), Optional.empty());
    now += between(1, 400);
  }

  private void add(What what, long at) {
    add(what, at, Optional.empty(), Optional.empty());
  }

  private void add(What what, long at, Optional<TrueSession> session, Optional<Person> person) {
    trueEvents.add(new TrueEvent(trueEvents.size(), scene, at, what, session, person, snapshot()));
  }

  private Snapshot snapshot() {
    return new Snapshot(List.copyOf(views), boot, bootAt, wallOffset, present, film);
  }

  void rest(long least, long most) {
    now += between(least, most);
  }
}
