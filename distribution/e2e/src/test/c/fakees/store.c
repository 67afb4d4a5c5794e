/* CEventSystem and CEventSubscription: what is stored, removed, refused. See fakees.h. */
#include "fakees.h"
#include <stdio.h>

#define QUERY_SYNTAX ((HRESULT)0x80040203)
#define QUERY_FIELD ((HRESULT)0x80040204)
#define MISSING_EVENTCLASS ((HRESULT)0x8004020A)
#define MANY 16

/* Declared by the header, defined by no library. */
const IID IID_IEventSystem =
    {0x4e14fb9f, 0x2e22, 0x11d1, {0x99, 0x64, 0x00, 0xc0, 0x4f, 0xbb, 0xb3, 0x45}};
const IID IID_IEventSubscription =
    {0x4a6b0e15, 0x2e38, 0x11d1, {0x99, 0x65, 0x00, 0xc0, 0x4f, 0xbb, 0xb3, 0x45}};

/* Initialised by the header's order of slots, so that a subscriber's numbers are checked by it. */
typedef struct {
  IEventSubscription com;
  LONG references;
  BSTR id;
  BSTR name;
  BSTR event_class;
  BSTR publisher;
  BSTR method;
  BSTR subscriber_class;
  IUnknown *sink;
  BOOL per_user;
  int sens;
} Subscription;

typedef struct {
  IEventSystem com;
  LONG references;
} System;

typedef struct {
  HRESULT result;
  int calls;
} Failure;

static CRITICAL_SECTION lock;
static Subscription *stored[MANY];
static Failure store_failure, remove_failure, create_failure;
static WCHAR on_remove[256];
static Event late_event;
static BOOL late_wanted;

void store_init(void) { InitializeCriticalSection(&lock); }

static void fail(Failure *failure, HRESULT result, int calls) {
  EnterCriticalSection(&lock);
  failure->result = result;
  failure->calls = calls;
  LeaveCriticalSection(&lock);
}

void store_fail_store(HRESULT result, int calls) { fail(&store_failure, result, calls); }
void store_fail_remove(HRESULT result, int calls) { fail(&remove_failure, result, calls); }
void store_fail_create(HRESULT result, int calls) { fail(&create_failure, result, calls); }

static HRESULT failing(Failure *failure) {
  HRESULT result = S_OK;
  EnterCriticalSection(&lock);
  if (failure->calls > 0) {
    failure->calls--;
    result = failure->result;
  }
  LeaveCriticalSection(&lock);
  return result;
}

void store_on_remove(const WCHAR *command) { lstrcpynW(on_remove, command, 256); }

void store_late_on_remove(const Event *event) {
  late_event = *event;
  late_event.user = SysAllocStringLen(event->user, SysStringLen(event->user));
  late_wanted = TRUE;
}

/* ---- subscription */

static ULONG WINAPI subscription_add(IEventSubscription *this) {
  return InterlockedIncrement(&((Subscription *)this)->references);
}

static ULONG WINAPI subscription_release(IEventSubscription *this) {
  Subscription *s = (Subscription *)this;
  LONG left = InterlockedDecrement(&s->references);
  if (left > 0) return left;
  if (left < 0) note("ERROR subscription released too often");
  if (s->sink) note("sink of %ls released, %lu left", s->id, IUnknown_Release(s->sink));
  SysFreeString(s->id);
  SysFreeString(s->name);
  SysFreeString(s->event_class);
  SysFreeString(s->publisher);
  SysFreeString(s->method);
  SysFreeString(s->subscriber_class);
  HeapFree(GetProcessHeap(), 0, s);
  InterlockedDecrement(&objects_alive);
  return 0;
}

static HRESULT WINAPI subscription_query(IEventSubscription *this, REFIID iid, void **out) {
  if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IDispatch) ||
      IsEqualIID(iid, &IID_IEventSubscription)) {
    subscription_add(this);
    *out = this;
    return S_OK;
  }
  *out = NULL;
  return E_NOINTERFACE;
}

static HRESULT put_text(BSTR *field, BSTR text) {
  SysFreeString(*field);
  *field = SysAllocStringLen(text, SysStringLen(text)); /* a plain pointer would show its length */
  return S_OK;
}

#define TEXT_PROPERTY(method, field)                                       \
  static HRESULT WINAPI method(IEventSubscription *this, BSTR text) {      \
    return put_text(&((Subscription *)this)->field, text);                 \
  }

TEXT_PROPERTY(put_id, id)
TEXT_PROPERTY(put_name, name)
TEXT_PROPERTY(put_publisher, publisher)
TEXT_PROPERTY(put_event_class, event_class)
TEXT_PROPERTY(put_method, method)
TEXT_PROPERTY(put_subscriber_class, subscriber_class)

static HRESULT WINAPI put_sink(IEventSubscription *this, IUnknown *sink) {
  Subscription *s = (Subscription *)this;
  if (sink) IUnknown_AddRef(sink);
  if (s->sink) IUnknown_Release(s->sink);
  s->sink = sink;
  return S_OK;
}

static HRESULT WINAPI put_per_user(IEventSubscription *this, WINBOOL per_user) {
  ((Subscription *)this)->per_user = per_user;
  return per_user == TRUE || per_user == FALSE ? S_OK : E_INVALIDARG;
}

/* What is not here is not called by a subscriber; the call would end the process. */
static IEventSubscriptionVtbl subscription_table = {
    .QueryInterface = subscription_query,
    .AddRef = subscription_add,
    .Release = subscription_release,
    .put_SubscriptionID = put_id,
    .put_SubscriptionName = put_name,
    .put_PublisherID = put_publisher,
    .put_EventClassID = put_event_class,
    .put_MethodName = put_method,
    .put_SubscriberCLSID = put_subscriber_class,
    .put_SubscriberInterface = put_sink,
    .put_PerUser = put_per_user,
};

HRESULT create_subscription(REFIID iid, void **out) {
  Subscription *s;
  HRESULT result;
  *out = NULL;
  s = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *s);
  if (!s) return E_OUTOFMEMORY;
  s->com.lpVtbl = &subscription_table;
  s->references = 1;
  InterlockedIncrement(&objects_alive);
  result = subscription_query(&s->com, iid, out);
  subscription_release(&s->com);
  return result;
}

/* ---- system */

static ULONG WINAPI system_add(IEventSystem *this) {
  return InterlockedIncrement(&((System *)this)->references);
}

static ULONG WINAPI system_release(IEventSystem *this) {
  LONG left = InterlockedDecrement(&((System *)this)->references);
  if (left > 0) return left;
  if (left < 0) note("ERROR event system released too often");
  HeapFree(GetProcessHeap(), 0, this);
  InterlockedDecrement(&objects_alive);
  note("event system released, %ld objects alive", objects_alive);
  return 0;
}

static HRESULT WINAPI system_query(IEventSystem *this, REFIID iid, void **out) {
  if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IDispatch) ||
      IsEqualIID(iid, &IID_IEventSystem)) {
    system_add(this);
    *out = this;
    return S_OK;
  }
  *out = NULL;
  return E_NOINTERFACE;
}

static BOOL is_subscriptions(BSTR program) {
  return program && SysStringLen(program) == 29 &&
         lstrcmpiW(program, L"EventSystem.EventSubscription") == 0;
}

static int sens_of(BSTR event_class) {
  for (int i = 0; i < SENS_CLASSES; i++) {
    if (event_class && lstrcmpiW(event_class, SENS[i].eventClass) == 0) return i;
  }
  return -1;
}

static BOOL is_guid(const WCHAR *text) {
  CLSID guid;
  return text && text[0] == '{' && SUCCEEDED(CLSIDFromString(text, &guid));
}

/* Takes over the reference on the subscription if there is room. */
static HRESULT keep(Subscription *s) {
  HRESULT result = E_OUTOFMEMORY;
  EnterCriticalSection(&lock);
  for (int i = 0; i < MANY; i++) {
    if (stored[i] && lstrcmpiW(stored[i]->id, s->id) == 0) {
      note("ERROR %ls stored twice", s->id); /* leaks on some versions of Windows */
    }
  }
  for (int i = 0; i < MANY; i++) {
    if (!stored[i]) {
      stored[i] = s;
      result = S_OK;
      break;
    }
  }
  LeaveCriticalSection(&lock);
  return result;
}

static const char *apartment(void) {
  APTTYPE type;
  APTTYPEQUALIFIER qualifier;
  if (FAILED(CoGetApartmentType(&type, &qualifier))) return "no COM";
  return type == APTTYPE_MTA && qualifier == APTTYPEQUALIFIER_NONE ? "MTA" : "another apartment";
}

static HRESULT WINAPI system_store(IEventSystem *this, BSTR program, IUnknown *object) {
  Subscription *s;
  HRESULT result = failing(&store_failure);
  (void)this;
  if (FAILED(result)) return result;
  if (!is_subscriptions(program) || !object) return E_INVALIDARG;
  result = IUnknown_QueryInterface(object, &IID_IEventSubscription, (void **)&s);
  if (FAILED(result)) return result;
  s->sens = sens_of(s->event_class);
  if (s->sens < 0) {
    result = MISSING_EVENTCLASS;
  } else if (!is_guid(s->id) || !s->sink || SysStringLen(s->subscriber_class) > 0) {
    result = E_INVALIDARG;
  } else {
    result = keep(s);
  }
  note("store %ls '%ls' class %d per_user %d in %s: 0x%08lx", s->id ? s->id : L"-",
       s->name ? s->name : L"-", s->sens, s->per_user, apartment(), result);
  if (FAILED(result)) subscription_release(&s->com);
  return result;
}

/* Understands ALL, and SubscriptionID == {GUID} with or without quotes, by the documented grammar. */
static HRESULT parse(BSTR criteria, WCHAR id[64], int *error) {
  const WCHAR *at = criteria;
  int length;
  *error = 0;
  id[0] = 0;
  if (!criteria) return E_INVALIDARG;
  if (lstrcmpiW(criteria, L"ALL") == 0) return S_OK;
  for (length = 0; IsCharAlphaW(at[length]); length++) {}
  if (length == 0) return QUERY_SYNTAX;
  if (length != 14 || CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, at, 14, L"SubscriptionID",
                                     14) != CSTR_EQUAL) {
    return QUERY_FIELD;
  }
  at += length;
  while (*at == ' ') at++;
  *error = at - criteria;
  if (*at++ != '=') return QUERY_SYNTAX;
  if (*at == '=') at++;
  while (*at == ' ') at++;
  *error = at - criteria;
  WCHAR quote = *at == '"' || *at == '\'' ? *at++ : 0;
  lstrcpynW(id, at, 39);
  if (lstrlenW(id) != 38 || !is_guid(id)) return QUERY_SYNTAX;
  at += 38;
  if (quote && *at++ != quote) return QUERY_SYNTAX;
  while (*at == ' ') at++;
  return *at ? QUERY_SYNTAX : S_OK;
}

static DWORD WINAPI run_on_remove(void *command) {
  char reply[512];
  command_run(command, reply, sizeof reply);
  note("during remove: %s", reply);
  return 0;
}

/* Returns once no reference but ours is left, or after 5 seconds. */
static void await_last(IUnknown *sink) {
  for (int i = 0; i < 5000; i++) {
    IUnknown_AddRef(sink);
    if (IUnknown_Release(sink) == 1) return;
    Sleep(1);
  }
  note("ERROR the subscriber keeps its reference");
}

static DWORD WINAPI run_late(void *parameter) {
  Target *target = parameter;
  HRESULT result;
  CoInitializeEx(NULL, COINIT_MULTITHREADED);
  await_last(target->sink);
  result = call_method(target->sink, &late_event);
  note("late event: 0x%08lx, %lu left", result, IUnknown_Release(target->sink));
  HeapFree(GetProcessHeap(), 0, target);
  CoUninitialize();
  return 0;
}

static void start_late(void) {
  Target targets[MOST_TARGETS];
  int count = store_targets(late_event.sens, late_event.method, targets);
  late_wanted = FALSE;
  for (int i = 0; i < count; i++) {
    Target *own = HeapAlloc(GetProcessHeap(), 0, sizeof *own);
    *own = targets[i];
    CloseHandle(CreateThread(NULL, 0, run_late, own, 0, NULL));
  }
}

static int take_out(const WCHAR *id) {
  int count = 0;
  for (int i = 0; i < MANY; i++) {
    Subscription *s;
    EnterCriticalSection(&lock);
    s = stored[i] && (!id[0] || lstrcmpiW(stored[i]->id, id) == 0) ? stored[i] : NULL;
    if (s) stored[i] = NULL;
    LeaveCriticalSection(&lock);
    if (s) {
      subscription_release(&s->com);
      count++;
    }
  }
  return count;
}

static BOOL has_id(const WCHAR *id) {
  BOOL found = FALSE;
  EnterCriticalSection(&lock);
  for (int i = 0; i < MANY; i++) {
    found |= stored[i] && (!id[0] || lstrcmpiW(stored[i]->id, id) == 0);
  }
  LeaveCriticalSection(&lock);
  return found;
}

static HRESULT WINAPI system_remove(IEventSystem *this, BSTR program, BSTR criteria, int *error) {
  WCHAR id[64];
  HRESULT result = failing(&remove_failure);
  int count;
  (void)this;
  if (!error) return E_POINTER;
  if (SUCCEEDED(result)) result = is_subscriptions(program) ? parse(criteria, id, error) : E_INVALIDARG;
  if (FAILED(result)) {
    note("remove %ls: 0x%08lx", criteria ? criteria : L"-", result);
    return result;
  }
  if (on_remove[0] && has_id(id)) {
    HANDLE thread = CreateThread(NULL, 0, run_on_remove, on_remove, 0, NULL);
    WaitForSingleObject(thread, 30000);
    CloseHandle(thread);
    on_remove[0] = 0;
  }
  if (late_wanted && has_id(id)) start_late();
  count = take_out(id);
  note("remove %ls: %d removed", criteria, count);
  return S_OK;
}

/* What is not here is not called by a subscriber; the call would end the process. */
static IEventSystemVtbl system_table = {
    .QueryInterface = system_query,
    .AddRef = system_add,
    .Release = system_release,
    .Store = system_store,
    .Remove = system_remove,
};

HRESULT create_event_system(REFIID iid, void **out) {
  System *system;
  HRESULT result = failing(&create_failure);
  *out = NULL;
  if (FAILED(result)) return result;
  system = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *system);
  if (!system) return E_OUTOFMEMORY;
  system->com.lpVtbl = &system_table;
  system->references = 1;
  InterlockedIncrement(&objects_alive);
  result = system_query(&system->com, iid, out);
  system_release(&system->com);
  return result;
}

/* ---- for those who fire */

int store_targets(int sens, int method, Target targets[MOST_TARGETS]) {
  int count = 0;
  EnterCriticalSection(&lock);
  for (int i = 0; i < MANY; i++) {
    Subscription *s = stored[i];
    if (s && s->sens == sens &&
        (SysStringLen(s->method) == 0 || lstrcmpiW(s->method, SENS[sens].names[method]) == 0)) {
      targets[count].subscription = s;
      targets[count].sens = sens;
      targets[count].sink = s->sink;
      IUnknown_AddRef(s->sink);
      count++;
    }
  }
  LeaveCriticalSection(&lock);
  return count;
}

BOOL store_has(const Target *target) {
  BOOL found = FALSE;
  EnterCriticalSection(&lock);
  for (int i = 0; i < MANY; i++) found |= stored[i] == target->subscription;
  LeaveCriticalSection(&lock);
  return found;
}

int store_list(char *text, int size) {
  int length = snprintf(text, size, "OK alive %ld", objects_alive);
  EnterCriticalSection(&lock);
  for (int i = 0; i < MANY; i++) {
    Subscription *s = stored[i];
    if (s) {
      IUnknown_AddRef(s->sink);
      length += snprintf(text + length, size - length, " [%d %ls per_user %d refs %ld sink %lu]", s->sens,
                         s->id, s->per_user, s->references, IUnknown_Release(s->sink));
    }
  }
  LeaveCriticalSection(&lock);
  return length;
}
