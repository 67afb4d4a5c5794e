package io.sessionbridge.sessions.history;

import static io.sessionbridge.sessions.history.View.Attachment.CONSOLE;
import static io.sessionbridge.sessions.history.View.Attachment.NONE;
import static io.sessionbridge.sessions.history.View.Attachment.REMOTE;

import io.sessionbridge.sessions.history.View.Attachment;
import java.util.Optional;
import java.util.Random;

/**
 * Something that people, machines or agents do. The order of Windows' reports in each is that of
 * real machines; see the sequences in the comments, in Windows' own codes.
 */
enum Scene {
  /** 5 F. */
  LOGON(8) {
    @Override
    boolean play(Machine machine) {
      Optional<View> screen = machine.atConsole().filter(view -> !view.loggedOn());
      Optional<Person> who = machine.newcomer();
      if (screen.isEmpty() || who.isEmpty()) {
        return false;
      }
      machine.touch();
      machine.logOn(screen.get().session(), who.get());
      return true;
    }
  },

  /** 7, and 8 after a while. */
  LOCK(8) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::inUse);
      view.ifPresent(
          found -> {
            machine.lock(found.session());
            if (machine.random().nextInt(4) > 0) {
              machine.pass(machine.between(7_000, 5_400_000), false);
              machine.touch();
              machine.unlock(found.session());
            }
          });
      return view.isPresent();
    }
  },

  /** 8. */
  UNLOCK(3) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(some -> some.loggedOn() && some.locked());
      return view.filter(View::connected)
          .map(
              found -> {
                machine.touch();
                machine.unlock(found.session());
                return true;
              })
          .orElse(false);
    }
  },

  /** 7 8 7 8 7 8 in a few seconds. */
  FUMBLE(3) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::inUse);
      view.ifPresent(
          found -> {
            for (int i = 0; i < 3; i++) {
              machine.lock(found.session());
              machine.rest(300, 1_500);
              machine.unlock(found.session());
              machine.rest(300, 1_500);
            }
          });
      return view.isPresent();
    }
  },

  SAVER(4) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::inUse);
      view.ifPresent(
          found -> {
            machine.saver(found.session(), true);
            machine.pass(machine.between(7_000, 1_800_000), false);
            machine.touch();
            machine.saver(found.session(), false);
          });
      return view.isPresent();
    }
  },

  /** The lock is reported only when the screen saver ends: 7, and 8 after the password. */
  SECURE_SAVER(3) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::inUse);
      view.ifPresent(
          found -> {
            machine.saver(found.session(), true);
            machine.pass(machine.between(7_000, 1_800_000), false);
            machine.touch();
            machine.saver(found.session(), false);
            machine.lock(found.session());
            machine.pass(machine.between(7_000, 60_000), false);
            machine.touch();
            machine.unlock(found.session());
          });
      return view.isPresent();
    }
  },

  /** 6 2 B, A 1 for the next logon screen. */
  LOGOFF(5) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::loggedOn);
      view.ifPresent(found -> machine.logOff(found.session()));
      return view.isPresent();
    }
  },

  /** 7 2 of the one, A 1 5 of the other; 7 may be missing. */
  SWITCH_TO_NEW_USER(4) {
    @Override
    boolean play(Machine machine) {
      Optional<View> leaving = machine.atConsole().filter(View::loggedOn);
      Optional<Person> who = machine.newcomer();
      if (machine.profile().server() || leaving.isEmpty() || who.isEmpty()) {
        return false;
      }
      leaveConsole(machine, leaving.get());
      TrueSession screen = machine.logonScreen();
      machine.rest(2_000, 30_000);
      machine.touch();
      machine.logOn(screen, who.get());
      return true;
    }
  },

  /** 7 2 of the one, A 1 2 B of the logon screen, 1 8 of the other. */
  SWITCH_BACK(4) {
    @Override
    boolean play(Machine machine) {
      Optional<View> leaving = machine.atConsole();
      Optional<View> coming = machine.any(view -> view.loggedOn() && view.attachment() == NONE);
      if (machine.profile().server() || leaving.isEmpty() || coming.isEmpty()) {
        return false;
      }
      TrueSession screen = leaving.get().session();
      if (leaving.get().loggedOn()) {
        leaveConsole(machine, leaving.get());
        screen = machine.logonScreen();
        machine.rest(2_000, 30_000);
      }
      machine.touch();
      machine.leave(screen);
      signIn(machine, coming.get().session(), CONSOLE);
      return true;
    }
  },

  /** A 3 5. */
  REMOTE_LOGON(8) {
    @Override
    boolean play(Machine machine) {
      Optional<Person> who = machine.newcomer();
      if (!machine.profile().server() || who.isEmpty()) {
        return false;
      }
      TrueSession session = machine.create(false);
      machine.connect(session, REMOTE);
      machine.rest(500, 20_000);
      machine.touch();
      machine.logOn(session, who.get());
      return true;
    }
  },

  /** 4. */
  REMOTE_DISCONNECT(5) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(some -> some.loggedOn() && some.attachment() == REMOTE);
      view.ifPresent(
          found -> {
            machine.disconnect(found.session());
            if (!machine.profile().server() && machine.atConsole().isEmpty()) {
              machine.logonScreen();
            }
          });
      return view.isPresent();
    }
  },

  /** A 3 4 of a temporary session, 3 8 of the user's, B of the temporary one. */
  REMOTE_RECONNECT(5) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(some -> some.loggedOn() && some.attachment() == NONE);
      if (!machine.profile().server() || view.isEmpty()) {
        return false;
      }
      TrueSession temporary = machine.temporary();
      machine.rest(500, 20_000);
      machine.touch();
      machine.disconnect(temporary);
      signIn(machine, view.get().session(), REMOTE);
      machine.leave(temporary);
      return true;
    }
  },

  /** A 3 4 of a temporary session, 2 3 8 of the user's, A 1 of the console's logon screen. */
  REMOTE_TAKEOVER(4) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.atConsole().filter(View::loggedOn);
      if (machine.profile().server() || view.isEmpty()) {
        return false;
      }
      TrueSession session = view.get().session();
      TrueSession temporary = machine.temporary();
      machine.rest(500, 20_000);
      machine.touch();
      machine.disconnect(temporary);
      machine.disconnect(session);
      signIn(machine, session, REMOTE);
      machine.logonScreen();
      machine.leave(temporary);
      return true;
    }
  },

  /** 4 of the user's session, 2 B of the logon screen, 1 8 of the user's. */
  CONSOLE_RETAKE(4) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(some -> some.loggedOn() && some.attachment() == REMOTE);
      Optional<View> screen = machine.atConsole();
      if (machine.profile().server() || view.isEmpty() || screen.isEmpty()) {
        return false;
      }
      if (screen.get().loggedOn()) {
        return false;
      }
      machine.touch();
      machine.disconnect(view.get().session());
      machine.leave(screen.get().session());
      signIn(machine, view.get().session(), CONSOLE);
      return true;
    }
  },

  /** 9, and 9 again. */
  SHADOW(2) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::inUse);
      view.ifPresent(
          found -> {
            machine.shadow(found.session(), true);
            machine.pass(machine.between(7_000, 600_000), true);
            machine.shadow(found.session(), false);
          });
      return view.isPresent();
    }
  },

  SLEEP(5) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::inUse);
      boolean locks = machine.random().nextBoolean();
      if (view.isPresent() && locks) {
        machine.lock(view.get().session());
        machine.rest(6_000, 20_000);
      }
      machine.sleep(machine.between(60_000, 12 * 3_600_000));
      machine.rest(6_000, 20_000);
      if (view.isPresent() && locks) {
        machine.touch();
        machine.unlock(view.get().session());
      }
      return true;
    }
  },

  /** The power goes; sometimes while the machine sleeps. */
  CRASH(2) {
    @Override
    boolean play(Machine machine) {
      if (machine.random().nextInt(4) == 0) {
        machine.happen(What.SUSPEND);
        machine.rest(600_000, 3_600_000);
      }
      machine.powerOff();
      machine.rest(60_000, 8 * 3_600_000);
      machine.boot();
      return true;
    }
  },

  /** Some are logged off while the agent still runs, the others are not. */
  REBOOT(3) {
    @Override
    boolean play(Machine machine) {
      if (machine.agent()) {
        while (machine.random().nextBoolean()) {
          machine.any(View::loggedOn).ifPresent(view -> machine.logOff(view.session()));
        }
        machine.rest(6_000, 10_000);
        machine.happen(What.SHUTDOWN);
        machine.rest(2_000, 4_000);
        machine.stopAgent(false);
      }
      machine.rest(500, 9_000);
      machine.powerOff();
      machine.rest(10_000, 120_000);
      machine.boot();
      return true;
    }
  },

  /** All are logged off, the rest of the machine only sleeps. */
  FAST_STARTUP(2) {
    @Override
    boolean play(Machine machine) {
      if (machine.profile().server()) {
        return false;
      }
      for (Optional<View> view = machine.any(View::loggedOn);
          view.isPresent();
          view = machine.any(View::loggedOn)) {
        machine.logOff(view.get().session());
      }
      machine.rest(6_000, 10_000);
      machine.sleep(machine.between(600_000, 14 * 3_600_000));
      machine.rest(6_000, 10_000);
      return true;
    }
  },

  CLOCK_STEP(3) {
    @Override
    boolean play(Machine machine) {
      long by =
          switch (machine.random().nextInt(4)) {
            case 0 -> machine.between(-30_000, 30_000);
            case 1 -> machine.between(-7_200_000, 7_200_000);
            case 2 -> -5 * 365 * 86_400_000L;
            default -> 3 * 365 * 86_400_000L;
          };
      machine.stepClock(by);
      return true;
    }
  },

  AGENT_DOWN(7) {
    @Override
    boolean play(Machine machine) {
      if (!machine.agent()) {
        return false;
      }
      machine.stopAgent(machine.random().nextBoolean());
      return true;
    }
  },

  AGENT_UP(12) {
    @Override
    boolean play(Machine machine) {
      if (machine.agent()) {
        return false;
      }
      machine.startAgent();
      return true;
    }
  },

  /** A session changes while the agent does not run. */
  MISSED(12) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(View::loggedOn);
      if (view.isEmpty() || !machine.agent()) {
        return false;
      }
      machine.stopAgent(machine.random().nextBoolean());
      machine.pass(machine.between(7_000, 600_000), true);
      change(machine, machine.view(view.get().session()));
      machine.pass(machine.between(7_000, 3_600_000), true);
      machine.startAgent();
      return true;
    }
  },

  /** A user logs off and on again, in a session of the same number, while no agent runs. */
  SAME_AGAIN(4) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(some -> some.loggedOn() && !machine.isAtConsole(some));
      if (view.isEmpty() || !machine.agent()) {
        return false;
      }
      machine.stopAgent(machine.random().nextBoolean());
      machine.pass(machine.between(7_000, 600_000), true);
      machine.logOff(view.get().session());
      machine.rest(15_000, 60_000);
      TrueSession again = machine.create(false);
      machine.connect(again, REMOTE);
      machine.rest(500, 20_000);
      machine.touch();
      machine.logOn(again, view.get().session().user());
      machine.pass(machine.between(7_000, 600_000), true);
      machine.startAgent();
      return true;
    }
  },

  /** Nobody gives input. */
  AWAY(6) {
    @Override
    boolean play(Machine machine) {
      machine.pass(machine.between(60_000, 3_600_000), false);
      machine.touch();
      return true;
    }
  },

  /** Input every four and a half minutes, so that presence goes and comes. */
  FLAP(2) {
    @Override
    boolean play(Machine machine) {
      for (int i = 0; i < 4; i++) {
        machine.touch();
        machine.pass(Machine.INPUT_TIMEOUT + 30_000, false);
      }
      machine.touch();
      return true;
    }
  },

  /** Nobody gives input, and a film runs. */
  FILM(3) {
    @Override
    boolean play(Machine machine) {
      if (machine.any(View::inUse).isEmpty()) {
        return false;
      }
      machine.film(true);
      machine.pass(machine.between(600_000, 7_200_000), false);
      machine.film(false);
      machine.pass(machine.between(10_000, 1_200_000), false);
      return true;
    }
  },

  /** Something of Windows' own begins in session 0. */
  SERVICE_LOGON(2) {
    @Override
    boolean play(Machine machine) {
      machine.serviceLogon(Person.SERVICES.get(machine.random().nextInt(Person.SERVICES.size())));
      return true;
    }
  },

  PSEUDO_LOGON(3) {
    @Override
    boolean play(Machine machine) {
      Optional<View> view = machine.any(some -> true);
      view.ifPresent(
          found ->
              machine.pseudoLogon(
                  found.session(),
                  Person.pseudoUser(found.session().id(), machine.random().nextBoolean())));
      return view.isPresent();
    }
  },

  RUN_AS(2) {
    @Override
    boolean play(Machine machine) {
      Optional<Person> who = machine.newcomer();
      who.ifPresent(
          found -> {
            machine.pass(Sources.SENS_IS_LATE, true);
            machine.runAs(found);
            machine.pass(Sources.SENS_IS_LATE, true);
          });
      return who.isPresent();
    }
  },

  IMPOSSIBLE(1) {
    @Override
    boolean play(Machine machine) {
      machine.happen(What.IMPOSSIBLE);
      return true;
    }
  };

  private final int weight;

  Scene(int weight) {
    this.weight = weight;
  }

  /** Plays it, unless the machine is not such that it can happen. */
  abstract boolean play(Machine machine);

  static Scene any(Random random) {
    int sum = 0;
    for (Scene scene : values()) {
      sum += scene.weight;
    }
    int left = random.nextInt(sum);
    for (Scene scene : values()) {
      left -= scene.weight;
      if (left < 0) {
        return scene;
      }
    }
    throw new IllegalStateException();
  }

  /** A returning user enters the password; occasionally the unlock is not reported. */
  private static void signIn(Machine machine, TrueSession session, Attachment to) {
    if (machine.random().nextInt(6) == 0) {
      machine.unlockSilently(session);
      machine.connect(session, to);
      return;
    }
    machine.connect(session, to);
    machine.unlock(session);
  }

  private static void change(Machine machine, View view) {
    TrueSession session = view.session();
    int choice = machine.random().nextInt(4);
    if (!view.connected()) {
      reconnect(machine, session, choice > 0);
    } else if (view.locked()) {
      machine.touch();
      machine.unlock(session);
    } else if (choice == 0) {
      machine.disconnect(session);
      if (machine.atConsole().isEmpty()) {
        machine.logonScreen();
      }
    } else {
      machine.lock(session);
      if (choice == 1) {
        machine.pass(machine.between(7_000, 600_000), false);
        machine.touch();
        machine.unlock(session);
      }
    }
  }

  private static void reconnect(Machine machine, TrueSession session, boolean unlocks) {
    machine.touch();
    machine.connect(session, REMOTE);
    if (unlocks) {
      machine.unlock(session);
    }
  }

  private static void leaveConsole(Machine machine, View leaving) {
    if (!leaving.locked() && machine.random().nextBoolean()) {
      machine.lock(leaving.session());
    }
    machine.disconnect(leaving.session());
  }
}
