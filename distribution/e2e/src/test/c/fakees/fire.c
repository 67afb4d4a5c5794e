/* How events reach the stored sinks. See fakees.h. */
#include "fakees.h"
#include <stdio.h>
#include <stdlib.h>

const SensClass SENS[SENS_CLASSES] = {
    {L"{D5978630-5B9F-11D1-8DD2-00AA004ABD5E}",
     L"{D597BAB3-5B9F-11D1-8DD2-00AA004ABD5E}",
     7,
     {L"Logon", L"Logoff", L"StartShell", L"DisplayLock", L"DisplayUnlock", L"StartScreenSaver",
      L"StopScreenSaver"}},
    {L"{D5978650-5B9F-11D1-8DD2-00AA004ABD5E}",
     L"{D597BAB4-5B9F-11D1-8DD2-00AA004ABD5E}",
     5,
     {L"Logon", L"Logoff", L"SessionDisconnect", L"SessionReconnect", L"PostShell"}},
};

/* AUTO is what Windows seems to do: the table if the sink grants the interface, else Invoke. */
static enum { AUTO, VTABLE, INVOKE, MARSHAL } mode;

BOOL fire_mode(const char *name) {
  static const char *const names[] = {"auto", "vtable", "invoke", "marshal"};
  for (int i = 0; i < 4; i++) {
    if (lstrcmpA(name, names[i]) == 0) {
      mode = i;
      return TRUE;
    }
  }
  return FALSE;
}

static HRESULT by_vtable(IUnknown *sink, const Event *event, BSTR user) {
  void *const *table = *(void *const **)sink;
  void *slot = table[7 + event->method];
  if (event->sens == SENS_LOGON) return ((HRESULT(WINAPI *)(IUnknown *, BSTR))slot)(sink, user);
  return ((HRESULT(WINAPI *)(IUnknown *, BSTR, DWORD))slot)(sink, user, event->session);
}

static HRESULT by_invoke(IDispatch *sink, const Event *event, BSTR user) {
  LPOLESTR name = (LPOLESTR)SENS[event->sens].names[event->method];
  VARIANT arguments[2];
  DISPPARAMS parameters = {arguments, NULL, 0, 0};
  DISPID id = 4711;
  HRESULT result = IDispatch_GetIDsOfNames(sink, &IID_NULL, &name, 1, LOCALE_SYSTEM_DEFAULT, &id);
  if (FAILED(result)) return result;
  if (event->sens == SENS_LOGON2) { /* the last argument comes first */
    V_VT(&arguments[parameters.cArgs]) = VT_UI4;
    V_UI4(&arguments[parameters.cArgs++]) = event->session;
  }
  V_VT(&arguments[parameters.cArgs]) = VT_BSTR;
  V_BSTR(&arguments[parameters.cArgs++]) = user;
  return IDispatch_Invoke(sink, id, &IID_NULL, LOCALE_SYSTEM_DEFAULT, DISPATCH_METHOD, &parameters,
                          NULL, NULL, NULL);
}

static HRESULT with_interface(IUnknown *sink, const Event *event, BSTR user) {
  IDispatch *dispatch;
  IUnknown *direct;
  IID iid;
  HRESULT result;
  if (mode == AUTO || mode == VTABLE) {
    CLSIDFromString(SENS[event->sens].interfaceId, &iid);
    result = IUnknown_QueryInterface(sink, &iid, (void **)&direct);
    if (SUCCEEDED(result)) {
      result = by_vtable(direct, event, user);
      IUnknown_Release(direct);
      return result;
    }
    if (direct != NULL) note("ERROR a refused interface was not cleared");
    if (mode == VTABLE) return result;
  }
  result = IUnknown_QueryInterface(sink, &IID_IDispatch, (void **)&dispatch);
  if (FAILED(result)) return result;
  result = by_invoke(dispatch, event, user);
  IDispatch_Release(dispatch);
  return result;
}

/* The text is spoilt after the call: who kept the pointer shows it. */
HRESULT call_method(IUnknown *sink, const Event *event) {
  BSTR user = event->user ? SysAllocStringLen(event->user, SysStringLen(event->user)) : NULL;
  HRESULT result = with_interface(sink, event, user);
  if (user) memset(user, 'X', SysStringByteLen(user));
  SysFreeString(user);
  return result;
}

static void release_targets(Target *targets, int count) {
  for (int i = 0; i < count; i++) IUnknown_Release(targets[i].sink);
}

/* ---- firing through COM's own proxies, from an apartment of one thread */

typedef void Work(Target *targets, int count, void *context);

typedef struct {
  Target targets[MOST_TARGETS];
  IStream *streams[MOST_TARGETS];
  int count;
  Work *work;
  void *context;
} Proxied;

static DWORD WINAPI run_proxied(void *parameter) {
  Proxied *proxied = parameter;
  int count = 0;
  CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
  for (int i = 0; i < proxied->count; i++) {
    HRESULT result = CoGetInterfaceAndReleaseStream(proxied->streams[i], &IID_IDispatch,
                                                    (void **)&proxied->targets[i].sink);
    if (FAILED(result)) {
      note("ERROR no proxy: 0x%08lx", result);
      continue;
    }
    proxied->targets[count++] = proxied->targets[i];
  }
  proxied->work(proxied->targets, count, proxied->context);
  release_targets(proxied->targets, count);
  CoUninitialize();
  return 0;
}

/* Gives the work targets that can be called by the thread it runs on. */
static void with_targets(Target *targets, int count, Work *work, void *context) {
  Proxied proxied = {.count = 0, .work = work, .context = context};
  HANDLE thread;
  if (mode != MARSHAL) {
    work(targets, count, context);
    return;
  }
  for (int i = 0; i < count; i++) {
    HRESULT result = CoMarshalInterThreadInterfaceInStream(&IID_IDispatch, targets[i].sink,
                                                           &proxied.streams[proxied.count]);
    if (FAILED(result)) {
      note("ERROR not marshalled: 0x%08lx", result);
    } else {
      proxied.targets[proxied.count++] = targets[i];
    }
  }
  thread = CreateThread(NULL, 0, run_proxied, &proxied, 0, NULL);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

/* ---- one event */

typedef struct {
  const Event *event;
  char *reply;
  int size;
} Single;

static void fire_single(Target *targets, int count, void *context) {
  Single *single = context;
  int length = snprintf(single->reply, single->size, "OK %d", count);
  for (int i = 0; i < count; i++) {
    HRESULT result = call_method(targets[i].sink, single->event);
    length += snprintf(single->reply + length, single->size - length, " %08lx", result);
  }
}

void fire(const Event *event, char *reply, int size) {
  Target targets[MOST_TARGETS];
  Single single = {event, reply, size};
  int count = store_targets(event->sens, event->method, targets);
  with_targets(targets, count, fire_single, &single);
  release_targets(targets, count);
}

/* ---- many events */

typedef struct {
  int first;
  int step;
  int count;
  int padding;
  int delivered;
  int failed;
  int *micros;
} Storm;

static int micros_since(LARGE_INTEGER start) {
  LARGE_INTEGER now, frequency;
  QueryPerformanceCounter(&now);
  QueryPerformanceFrequency(&frequency);
  return (int)((now.QuadPart - start.QuadPart) * 1000000 / frequency.QuadPart);
}

/* Event number n of a storm; the 12 methods by turns. */
static void event_of(int number, int padding, Event *event) {
  int turn = (number - 1) % 12;
  WCHAR user[32];
  int length = swprintf(user, 32, L"STORM\\u%d", number);
  event->sens = turn < 7 ? SENS_LOGON : SENS_LOGON2;
  event->method = turn < 7 ? turn : turn - 7;
  event->session = number;
  event->user = SysAllocStringLen(NULL, length + padding);
  for (int i = 0; i < length + padding; i++) event->user[i] = i < length ? user[i] : '_';
}

static void fire_storm(Target *targets, int count, void *context) {
  Storm *storm = context;
  for (int i = 0; i < storm->count; i++) {
    Event event;
    event_of(storm->first + i * storm->step, storm->padding, &event);
    for (int t = 0; t < count; t++) {
      LARGE_INTEGER start;
      HRESULT result;
      if (targets[t].sens != event.sens || !store_has(&targets[t])) continue;
      QueryPerformanceCounter(&start);
      result = call_method(targets[t].sink, &event);
      if (result != S_OK) storm->failed++;
      storm->micros[storm->delivered++] = micros_since(start);
      if (storm->delivered >= storm->count) break;
    }
    SysFreeString(event.user);
  }
}

static DWORD WINAPI run_storm(void *parameter) {
  Target targets[MOST_TARGETS];
  int count;
  CoInitializeEx(NULL, COINIT_MULTITHREADED);
  count = store_targets(SENS_LOGON, 0, targets);
  count += store_targets(SENS_LOGON2, 0, targets + count);
  with_targets(targets, count, fire_storm, parameter);
  release_targets(targets, count);
  CoUninitialize();
  return 0;
}

static int compare(const void *one, const void *other) {
  return *(const int *)one - *(const int *)other;
}

void storm(int count, int threads, int padding, char *reply, int size) {
  Storm storms[8];
  HANDLE handles[8];
  int *micros;
  int delivered = 0, failed = 0;
  if (threads < 1 || threads > 8 || count < threads) {
    snprintf(reply, size, "ERROR 1 to 8 threads");
    return;
  }
  micros = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(int) * (count + threads));
  for (int t = 0; t < threads; t++) {
    int part = count / threads + (t < count % threads ? 1 : 0);
    int before = t == 0 ? 0 : (int)(storms[t - 1].micros - micros) + storms[t - 1].count;
    storms[t] = (Storm){.first = 1 + t, .step = threads, .count = part, .padding = padding,
                        .micros = micros + before};
  }
  for (int t = 0; t < threads; t++) {
    handles[t] = CreateThread(NULL, 0, run_storm, &storms[t], 0, NULL);
  }
  WaitForMultipleObjects(threads, handles, TRUE, INFINITE);
  for (int t = 0; t < threads; t++) {
    memmove(micros + delivered, storms[t].micros, sizeof(int) * storms[t].delivered);
    delivered += storms[t].delivered;
    failed += storms[t].failed;
    CloseHandle(handles[t]);
  }
  qsort(micros, delivered, sizeof(int), compare);
  if (delivered == 0) {
    snprintf(reply, size, "OK delivered 0 failed 0");
  } else {
    snprintf(reply, size, "OK delivered %d failed %d microseconds median %d 99%% %d most %d",
             delivered, failed, micros[delivered / 2], micros[delivered * 99 / 100],
             micros[delivered - 1]);
  }
  HeapFree(GetProcessHeap(), 0, micros);
}

/* ---- what COM may ask */

static HRESULT ask(IUnknown *sink, const WCHAR *iid_text) {
  IID iid;
  IUnknown *granted = sink;
  HRESULT result;
  CLSIDFromString(iid_text, &iid);
  result = IUnknown_QueryInterface(sink, &iid, (void **)&granted);
  if (SUCCEEDED(result)) {
    IUnknown_Release(granted);
  } else if (granted != NULL) {
    note("ERROR a refused interface was not cleared");
  }
  return result;
}

void probe(char *reply, int size) {
  int length = snprintf(reply, size, "OK");
  for (int sens = 0; sens < SENS_CLASSES; sens++) {
    Target targets[MOST_TARGETS];
    int count = store_targets(sens, 0, targets);
    for (int i = 0; i < count; i++) {
      IUnknown *sink = targets[i].sink;
      length += snprintf(
          reply + length, size - length,
          " [%d IUnknown %08lx IDispatch %08lx own %08lx other %08lx IMarshal %08lx IAgileObject %08lx]",
          sens, ask(sink, L"{00000000-0000-0000-C000-000000000046}"),
          ask(sink, L"{00020400-0000-0000-C000-000000000046}"), ask(sink, SENS[sens].interfaceId),
          ask(sink, SENS[1 - sens].interfaceId),
          ask(sink, L"{00000003-0000-0000-C000-000000000046}"),
          ask(sink, L"{94EA2B94-E9CC-49E0-C0FF-EE64CA8F5B90}"));
    }
    release_targets(targets, count);
  }
}
