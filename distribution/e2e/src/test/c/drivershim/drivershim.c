/*
 * A second kernel driver in the process of SessionBridge's, under Wine alone: it is what Wine lacks
 * of the kernel. While it is loaded, MmGetSystemRoutineAddress finds the three routines of session
 * containers here, which check what their documentation asks of the caller; and the routines of
 * rundown protection, of which Wine has the names alone, work.
 *
 * Notifications come from files NAME.cmd in C:\drivershim, a line each:
 *
 *   COUNT EVENT SESSION STATE LOCAL PAYLOAD      the last two 0 or 1
 *
 * and are answered with NAME.out: how many callbacks were called. The number of a session grows
 * with each of COUNT. If there is a file register.fail with an NTSTATUS in hexadecimal,
 * registrations get it.
 *
 * Imports kernelbase.dll instead of kernel32.dll: Wine takes what imports that for a library, and
 * calls its entry point as such.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>

typedef LONG NTSTATUS;
#define STATUS_SUCCESS ((NTSTATUS)0)
#define STATUS_ALREADY_COMMITTED ((NTSTATUS)0xC0000021)
#define STATUS_PROCEDURE_NOT_FOUND ((NTSTATUS)0xC000007A)
#define STATUS_INSUFFICIENT_RESOURCES ((NTSTATUS)0xC000009A)
#define STATUS_INVALID_PARAMETER_1 ((NTSTATUS)0xC00000EF)
#define STATUS_INVALID_PARAMETER_2 ((NTSTATUS)0xC00000F0)
#define STATUS_INVALID_PARAMETER_3 ((NTSTATUS)0xC00000F1)
#define STATUS_INVALID_PARAMETER_4 ((NTSTATUS)0xC00000F2)

#define FOLDER "C:\\drivershim\\"
#define DRIVER_UNLOAD_OFFSET 0x68 /* of DriverUnload in DRIVER_OBJECT, x64 */
#define JUMP_BYTES 14
#define MOST_REGISTRATIONS 4
#define RUNDOWN_CLOSED 1 /* as in wdm.h: the count is above this bit */
#define RUNDOWN_HOLDER 2

typedef struct {
  USHORT length, maximum;
  PWSTR buffer;
} TEXT_STRING;
typedef struct {
  ULONG size, flags;
  PVOID object;
  ULONG mask;
  PVOID context;
} NOTIFICATION;
typedef struct {
  ULONG session;
  ULONG state;
  BOOLEAN local;
} INFORMATION;
typedef struct {
  ULONG session;
  BOOLEAN local;
} CONNECT_INFO;
typedef NTSTATUS(WINAPI *CALLBACK_ROUTINE)(PVOID, PVOID, ULONG, PVOID, PVOID, ULONG);
typedef struct {
  LONG used, running;
  CALLBACK_ROUTINE callback;
  NOTIFICATION wanted;
} REGISTRATION;

static CRITICAL_SECTION lock;
static REGISTRATION registrations[MOST_REGISTRATIONS];
static volatile LONG stop;
static HANDLE pump_thread;

static NTSTATUS prescribed(void) {
  unsigned status = 0;
  FILE *file = fopen(FOLDER "register.fail", "r");
  if (file != NULL) {
    if (fscanf(file, "%x", &status) != 1) {
      status = 0;
    }
    fclose(file);
  }
  return (NTSTATUS)status;
}

static NTSTATUS WINAPI register_notification(ULONG class, CALLBACK_ROUTINE callback,
                                             NOTIFICATION *wanted, ULONG length, PVOID *out) {
  NTSTATUS status = prescribed();
  REGISTRATION *free_one = NULL;
  if (class != 0) {
    return STATUS_INVALID_PARAMETER_1;
  }
  if (callback == NULL || out == NULL) {
    return STATUS_INVALID_PARAMETER_2;
  }
  if (wanted == NULL || wanted->size != sizeof *wanted || wanted->flags != 0 ||
      wanted->object == NULL || wanted->mask == 0) {
    return STATUS_INVALID_PARAMETER_3;
  }
  if (length != sizeof *wanted) {
    return STATUS_INVALID_PARAMETER_4;
  }
  if (status != STATUS_SUCCESS) {
    return status;
  }
  EnterCriticalSection(&lock);
  for (int i = 0; i < MOST_REGISTRATIONS; i++) {
    if (!registrations[i].used) {
      free_one = &registrations[i];
    } else if (registrations[i].wanted.object == wanted->object) {
      status = STATUS_ALREADY_COMMITTED;
    }
  }
  if (status == STATUS_SUCCESS && free_one == NULL) {
    status = STATUS_INSUFFICIENT_RESOURCES;
  }
  if (status == STATUS_SUCCESS) {
    free_one->callback = callback;
    free_one->wanted = *wanted;
    free_one->used = 1;
    *out = free_one;
    memset(wanted, 0x5A, sizeof *wanted); /* the system keeps a copy */
  }
  LeaveCriticalSection(&lock);
  return status;
}

/* No callback runs after the return. */
static VOID WINAPI unregister_notification(PVOID handle) {
  REGISTRATION *registration = handle;
  EnterCriticalSection(&lock);
  registration->used = 0;
  LeaveCriticalSection(&lock);
  while (registration->running > 0) {
    Sleep(1);
  }
}

static NTSTATUS WINAPI container_information(ULONG class, PVOID session, INFORMATION *out,
                                             ULONG length) {
  if (class != 0) {
    return STATUS_INVALID_PARAMETER_1;
  }
  if (session == NULL) {
    return STATUS_INVALID_PARAMETER_2;
  }
  if (length < sizeof *out) {
    return STATUS_INVALID_PARAMETER_4;
  }
  *out = *(INFORMATION *)session;
  return STATUS_SUCCESS;
}

static VOID WINAPI initialize_rundown(volatile LONG64 *rundown) { *rundown = 0; }

static BOOLEAN WINAPI acquire_rundown(volatile LONG64 *rundown) {
  LONG64 before;
  do {
    before = *rundown;
    if (before & RUNDOWN_CLOSED) {
      return FALSE;
    }
  } while (InterlockedCompareExchange64(rundown, before + RUNDOWN_HOLDER, before) != before);
  return TRUE;
}

static VOID WINAPI release_rundown(volatile LONG64 *rundown) {
  InterlockedExchangeAdd64(rundown, -RUNDOWN_HOLDER);
}

static VOID WINAPI await_rundown(volatile LONG64 *rundown) {
  InterlockedOr64(rundown, RUNDOWN_CLOSED);
  while (*rundown != RUNDOWN_CLOSED) {
    Sleep(1);
  }
}

static PVOID WINAPI find_routine(TEXT_STRING *name);

/* Of ntoskrnl.exe; the first one is called in between. */
static struct {
  const char *name;
  PVOID replacement;
  PVOID place;
  BYTE original[JUMP_BYTES];
} patches[] = {{"MmGetSystemRoutineAddress", (PVOID)find_routine, NULL, {0}},
               {"ExInitializeRundownProtection", (PVOID)initialize_rundown, NULL, {0}},
               {"ExAcquireRundownProtection", (PVOID)acquire_rundown, NULL, {0}},
               {"ExReleaseRundownProtection", (PVOID)release_rundown, NULL, {0}},
               {"ExWaitForRundownProtectionRelease", (PVOID)await_rundown, NULL, {0}}};
#define PATCHES (sizeof patches / sizeof *patches)

static void overwrite(PVOID place, const BYTE *code) {
  DWORD before;
  VirtualProtect(place, JUMP_BYTES, PAGE_EXECUTE_READWRITE, &before);
  memcpy(place, code, JUMP_BYTES);
  VirtualProtect(place, JUMP_BYTES, before, &before);
  FlushInstructionCache(GetCurrentProcess(), place, JUMP_BYTES);
}

static void patch(size_t i) {
  BYTE jump[JUMP_BYTES] = {0xFF, 0x25}; /* jmp [rip+0] */
  memcpy(jump + 6, &patches[i].replacement, sizeof patches[i].replacement);
  memcpy(patches[i].original, patches[i].place, JUMP_BYTES);
  overwrite(patches[i].place, jump);
}

static void restore(size_t i) { overwrite(patches[i].place, patches[i].original); }

static PVOID WINAPI find_routine(TEXT_STRING *name) {
  static const struct {
    PCWSTR name;
    PVOID routine;
  } known[] = {{L"IoRegisterContainerNotification", (PVOID)register_notification},
               {L"IoUnregisterContainerNotification", (PVOID)unregister_notification},
               {L"IoGetContainerInformation", (PVOID)container_information}};
  PVOID found;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (name->length == 2 * wcslen(known[i].name) &&
        memcmp(name->buffer, known[i].name, name->length) == 0) {
      return known[i].routine;
    }
  }
  EnterCriticalSection(&lock);
  restore(0);
  found = ((PVOID(WINAPI *)(TEXT_STRING *))patches[0].place)(name);
  patch(0);
  LeaveCriticalSection(&lock);
  return found;
}

/* How many callbacks it called. */
static int notify(ULONG event, INFORMATION session, int has_payload) {
  CONNECT_INFO payload = {session.session, session.local};
  ULONG bit = event == 0 || event > 32 ? 0 : 1u << (event - 1);
  int called = 0;
  for (int i = 0; i < MOST_REGISTRATIONS; i++) {
    REGISTRATION *registration = &registrations[i];
    EnterCriticalSection(&lock);
    if (!registration->used || (registration->wanted.mask & bit) == 0) {
      LeaveCriticalSection(&lock);
      continue;
    }
    InterlockedIncrement(&registration->running);
    LeaveCriticalSection(&lock);
    if (registration->callback(&session, registration->wanted.object, event,
                               registration->wanted.context, has_payload ? &payload : NULL,
                               has_payload ? sizeof payload : 0) == STATUS_SUCCESS) {
      called++;
    }
    InterlockedDecrement(&registration->running);
  }
  return called;
}

static int obey(const char *path) {
  unsigned count, event, number, state, local, has_payload;
  int called = 0;
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    return -1;
  }
  while (fscanf(file, "%u %u %u %u %u %u", &count, &event, &number, &state, &local,
                &has_payload) == 6) {
    for (unsigned i = 0; i < count; i++) {
      INFORMATION session = {number + i, state, (BOOLEAN)local};
      called += notify(event, session, (int)has_payload);
    }
  }
  fclose(file);
  return called;
}

static void answer(const char *name, int called) {
  char unfinished[MAX_PATH], finished[MAX_PATH];
  int length = (int)strlen(name) - 4;
  FILE *file;
  sprintf(unfinished, FOLDER "%.*s.new", length, name);
  sprintf(finished, FOLDER "%.*s.out", length, name);
  file = fopen(unfinished, "w");
  if (file != NULL) {
    fprintf(file, "%d\n", called);
    fclose(file);
    rename(unfinished, finished);
  }
}

static DWORD WINAPI pump(PVOID unused) {
  WIN32_FIND_DATAA found;
  (void)unused;
  while (!stop) {
    HANDLE search = FindFirstFileA(FOLDER "*.cmd", &found);
    if (search != INVALID_HANDLE_VALUE) {
      do {
        char path[MAX_PATH];
        int called;
        sprintf(path, FOLDER "%.200s", found.cFileName);
        called = obey(path);
        if (called >= 0) {
          DeleteFileA(path);
          answer(found.cFileName, called);
        }
      } while (FindNextFileA(search, &found));
      FindClose(search);
    }
    Sleep(10);
  }
  return 0;
}

static VOID WINAPI unload(PVOID driver) {
  (void)driver;
  stop = 1;
  WaitForSingleObject(pump_thread, 5000);
  for (size_t i = 0; i < PATCHES; i++) {
    restore(i);
  }
}

NTSTATUS WINAPI DriverEntry(BYTE *driver, TEXT_STRING *path) {
  PVOID unload_routine = (PVOID)unload;
  HMODULE kernel = GetModuleHandleA("ntoskrnl.exe");
  (void)path;
  InitializeCriticalSection(&lock);
  for (size_t i = 0; i < PATCHES; i++) {
    patches[i].place = (PVOID)GetProcAddress(kernel, patches[i].name);
    if (patches[i].place == NULL) {
      return STATUS_PROCEDURE_NOT_FOUND;
    }
  }
  for (size_t i = 0; i < PATCHES; i++) {
    patch(i);
  }
  CreateDirectoryA("C:\\drivershim", NULL);
  memcpy(driver + DRIVER_UNLOAD_OFFSET, &unload_routine, sizeof unload_routine);
  pump_thread = CreateThread(NULL, 0, pump, NULL, 0, NULL);
  return STATUS_SUCCESS;
}
