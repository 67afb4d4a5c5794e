/*
 * An event system for tests: plays the COM+ event system of Windows, which Wine lacks, inside the
 * process that subscribes. It is strict where a subscriber could be wrong, and fires events when a
 * file tells it to.
 *
 * fakees.c   the DLL: class factory, registration, log
 * store.c    CEventSystem and CEventSubscription: what is stored, removed, refused
 * fire.c     how events reach the stored sinks
 * command.c  the command files
 */
#ifndef FAKEES_H
#define FAKEES_H

#define COBJMACROS
#define CINTERFACE
#include <windows.h>
#include <ole2.h>
#include <oleauto.h>
#include <eventsys.h>

/* The event classes that SENS has for logons, as indexes. */
enum { SENS_LOGON = 0, SENS_LOGON2 = 1, SENS_CLASSES = 2 };

typedef struct {
  const WCHAR *eventClass;
  const WCHAR *interfaceId;
  int methods;
  const WCHAR *names[7];
} SensClass;

extern const SensClass SENS[SENS_CLASSES];

typedef struct {
  int sens;
  int method;
  BSTR user; /* may be NULL */
  DWORD session;
} Event;

/* A stored sink with a reference of its own. */
typedef struct {
  const void *subscription;
  int sens;
  IUnknown *sink;
} Target;

enum { MOST_TARGETS = 16 };

/* fakees.c */
extern LONG objects_alive;
/* Appends a line to log.txt in the folder of the command files. */
void note(const char *format, ...);
/* The folder as FAKE_ES_DIR names it; empty if there is none. */
const WCHAR *folder(void);

/* store.c */
void store_init(void);
HRESULT create_event_system(REFIID iid, void **out);
HRESULT create_subscription(REFIID iid, void **out);
/* The sinks that hear this method, each to be released by the caller. */
int store_targets(int sens, int method, Target targets[MOST_TARGETS]);
BOOL store_has(const Target *target);
int store_list(char *text, int size);
/* The next calls return this. */
void store_fail_store(HRESULT result, int calls);
void store_fail_remove(HRESULT result, int calls);
void store_fail_create(HRESULT result, int calls);
/* A command that is run by another thread during the next Remove that finds something. */
void store_on_remove(const WCHAR *command);
/* Lets an event that is under way reach the sink after the next Remove has returned. */
void store_late_on_remove(const Event *event);

/* fire.c */
BOOL fire_mode(const char *mode);
/* Fires one event at all its sinks. */
void fire(const Event *event, char *reply, int size);
/* Each thread fires all methods by turns; users are STORM\u1, STORM\u2 ... of sessions 1, 2 ..., their
 * names longer by so many letters. */
void storm(int count, int threads, int padding, char *reply, int size);
/* Asks the sinks what a subscriber is never asked by SENS, but may be by COM. */
void probe(char *reply, int size);
HRESULT call_method(IUnknown *sink, const Event *event);

/* command.c */
void commands_start(void);
void command_run(const WCHAR *line, char *reply, int size);

#endif
