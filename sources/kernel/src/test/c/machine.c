#include "machine.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

DRIVER_INITIALIZE DriverEntry;

DRIVER_OBJECT driver;
NTSTATUS register_status;
int is_deleted;
void (*before_cancel_routine)(void);
void (*after_release)(void);
void (*while_asked)(void);
_Thread_local int held_locks;

/* DEVICE_OBJECT.Size is a USHORT that counts the object, on x64 of this size, and its extension. */
#define DEVICE_OBJECT_BYTES 0x150
#define MOST_OBJECT_BYTES 0xFFFF

static DEVICE_OBJECT device;
static pthread_mutex_t cancel_lock = PTHREAD_MUTEX_INITIALIZER;
static IO_SESSION_NOTIFICATION_FUNCTION *_Atomic notification;
static PVOID context;
static int runtime_flags;
static int has_link;
static _Atomic ULONGLONG ticks = 1000;

void broken(const char *rule, const char *file, int line) {
  const char *name = strrchr(file, '/');
  printf("FOUND %s (%s:%d)\n", rule, name == NULL ? file : name + 1, line);
  fflush(stdout);
  _exit(1);
}

void release_lock(KSPIN_LOCK *lock) {
  void (*interlude)(void) = after_release;
  held_locks--;
  pthread_mutex_unlock(lock);
  if (interlude != NULL) {
    after_release = NULL;
    interlude();
  }
}

void IoCompleteRequest(PIRP irp, int boost) {
  RULE(boost == IO_NO_INCREMENT, "a request is completed with a boost");
  RULE(held_locks == 0, "a request is completed under a spin lock");
  RULE(irp->CancelRoutine == NULL, "a request is completed that can still be cancelled");
  RULE(atomic_fetch_add(&irp->Completions, 1) == 0, "a request is completed twice");
}

void IoReleaseCancelSpinLock(KIRQL irql) {
  (void)irql;
  held_locks--;
  pthread_mutex_unlock(&cancel_lock);
}

void cancel(PIRP irp) {
  DRIVER_CANCEL *routine;
  pthread_mutex_lock(&cancel_lock);
  held_locks++;
  irp->Cancel = TRUE;
  routine = IoSetCancelRoutine(irp, NULL);
  if (routine == NULL) {
    IoReleaseCancelSpinLock(0);
    return;
  }
  if (before_cancel_routine != NULL) {
    void (*interlude)(void) = before_cancel_routine;
    before_cancel_routine = NULL;
    held_locks--;
    interlude();
    held_locks++;
  }
  routine(&device, irp);
  RULE(held_locks == 0, "a cancel routine keeps a spin lock");
}

void ExInitializeRundownProtection(PEX_RUNDOWN_REF rundown) {
  pthread_mutex_init(&rundown->Mutex, NULL);
  pthread_cond_init(&rundown->Changed, NULL);
}

BOOLEAN ExAcquireRundownProtection(PEX_RUNDOWN_REF rundown) {
  BOOLEAN open;
  pthread_mutex_lock(&rundown->Mutex);
  open = !rundown->Closed;
  rundown->Holders += open;
  pthread_mutex_unlock(&rundown->Mutex);
  return open;
}

void ExReleaseRundownProtection(PEX_RUNDOWN_REF rundown) {
  pthread_mutex_lock(&rundown->Mutex);
  RULE(rundown->Holders > 0, "rundown protection is released twice");
  rundown->Holders--;
  pthread_cond_broadcast(&rundown->Changed);
  pthread_mutex_unlock(&rundown->Mutex);
}

void ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF rundown) {
  RULE(held_locks == 0, "rundown is awaited under a spin lock");
  pthread_mutex_lock(&rundown->Mutex);
  rundown->Closed = TRUE;
  while (rundown->Holders > 0) {
    pthread_cond_wait(&rundown->Changed, &rundown->Mutex);
  }
  pthread_mutex_unlock(&rundown->Mutex);
}

void ExInitializeDriverRuntime(ULONG flags) {
  RULE(flags == DrvRtPoolNxOptIn, "the pool is not opted out of execution");
  runtime_flags = (int)flags;
}

void KeQuerySystemTime(LARGE_INTEGER *now) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  now->QuadPart = time.tv_sec * 10000000LL + time.tv_nsec / 100 + 116444736000000000LL;
}

ULONGLONG KeQueryInterruptTime(void) { return atomic_fetch_add(&ticks, 1); }

static NTSTATUS register_notification(IO_CONTAINER_NOTIFICATION_CLASS class,
                                      PIO_CONTAINER_NOTIFICATION_FUNCTION function,
                                      PVOID information, ULONG length, PVOID out) {
  IO_SESSION_STATE_NOTIFICATION *wanted = information;
  RULE(held_locks == 0, "registered under a spin lock");
  RULE(class == IoSessionStateNotification && function != NULL && out != NULL, "bad arguments");
  RULE(length == sizeof *wanted && wanted->Size == length, "the size is wrong");
  RULE(wanted->Flags == 0, "the flags are not zero");
  RULE(wanted->IoObject == &driver, "the object is not the driver");
  RULE(wanted->EventMask == IO_SESSION_STATE_ALL_EVENTS, "not all events are asked for");
  RULE(notification == NULL, "registered twice");
  if (NT_SUCCESS(register_status)) {
    context = wanted->Context;
    notification = (IO_SESSION_NOTIFICATION_FUNCTION *)(void *)function;
    *(PVOID *)out = &notification;
  }
  memset(wanted, 0x5a, sizeof *wanted); /* the system keeps a copy */
  return register_status;
}

static VOID unregister_notification(PVOID registration) {
  RULE(held_locks == 0, "unregistered under a spin lock");
  RULE(!is_deleted, "unregistered after the device was deleted");
  RULE(registration == &notification && notification != NULL, "unregistered what is not");
  notification = NULL;
}

static NTSTATUS session_information(IO_CONTAINER_INFORMATION_CLASS class, PVOID session,
                                    PVOID buffer, ULONG length) {
  RULE(held_locks == 0, "information is asked for under a spin lock");
  RULE(class == IoSessionStateInformation, "the class is wrong");
  RULE(length >= sizeof(IO_SESSION_STATE_INFORMATION), "there is no room for the information");
  if (while_asked != NULL) {
    while_asked();
  }
  if (session == NULL) {
    return (NTSTATUS)0xC00000F0; /* STATUS_INVALID_PARAMETER_2 */
  }
  memcpy(buffer, session, sizeof(IO_SESSION_STATE_INFORMATION));
  return STATUS_SUCCESS;
}

PVOID MmGetSystemRoutineAddress(PUNICODE_STRING name) {
  static const struct {
    PCWSTR name;
    PVOID routine;
  } routines[] = {{L"IoRegisterContainerNotification", (PVOID)register_notification},
                  {L"IoUnregisterContainerNotification", (PVOID)unregister_notification},
                  {L"IoGetContainerInformation", (PVOID)session_information}};
  RULE(held_locks == 0, "a routine is looked up under a spin lock");
  for (size_t i = 0; i < sizeof routines / sizeof *routines; i++) {
    UNICODE_STRING known;
    RtlInitUnicodeString(&known, routines[i].name);
    if (known.Length == name->Length && memcmp(known.Buffer, name->Buffer, known.Length) == 0) {
      return routines[i].routine;
    }
  }
  return NULL;
}

static int is_text(PCUNICODE_STRING text, PCWSTR wanted) {
  UNICODE_STRING other;
  RtlInitUnicodeString(&other, wanted);
  return text->Length == other.Length && memcmp(text->Buffer, other.Buffer, text->Length) == 0;
}

NTSTATUS IoCreateDeviceSecure(PDRIVER_OBJECT owner, ULONG bytes, PUNICODE_STRING name, ULONG type,
                              ULONG characteristics, BOOLEAN exclusive, PCUNICODE_STRING access,
                              const GUID *class, PDEVICE_OBJECT *out) {
  RULE(runtime_flags == DrvRtPoolNxOptIn, "the pool is executable");
  RULE(is_text(name, SB_DEVICE_NAME) && type == FILE_DEVICE_UNKNOWN, "the device is another one");
  RULE(characteristics == FILE_DEVICE_SECURE_OPEN, "names in the device are not protected");
  RULE(!exclusive, "statistics could not be asked for beside the reader");
  RULE(is_text(access, L"D:P(A;;GA;;;SY)(A;;GA;;;BA)"), "others than administrators may open it");
  RULE(class != NULL && class->Data1 != 0, "there is no device class");
  RULE(bytes + DEVICE_OBJECT_BYTES <= MOST_OBJECT_BYTES, "the device is too large for its Size");
  device.DeviceExtension = calloc(1, bytes);
  owner->DeviceObject = *out = &device;
  is_deleted = 0;
  return STATUS_SUCCESS;
}

NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING link, PUNICODE_STRING name) {
  RULE(is_text(link, SB_LINK_NAME) && is_text(name, SB_DEVICE_NAME), "the link is another one");
  has_link = 1;
  return STATUS_SUCCESS;
}

NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING link) {
  RULE(has_link && is_text(link, SB_LINK_NAME), "the link is another one");
  has_link = 0;
  return STATUS_SUCCESS;
}

VOID IoDeleteDevice(PDEVICE_OBJECT object) {
  RULE(object == &device && !is_deleted, "the device is deleted twice");
  RULE(!has_link, "the link leads nowhere");
  is_deleted = 1;
  free(device.DeviceExtension);
  device.DeviceExtension = NULL;
  driver.DeviceObject = NULL;
}

void load(void) {
  UNICODE_STRING path;
  RtlInitUnicodeString(&path, L"\\Registry\\Machine\\SessionBridge");
  memset(&driver, 0, sizeof driver);
  RULE(DriverEntry(&driver, &path) == STATUS_SUCCESS, "the driver does not load");
  RULE(driver.DriverUnload != NULL, "the driver cannot be unloaded");
}

void unload(void) {
  driver.DriverUnload(&driver);
  RULE(is_deleted, "the device is left");
  RULE(notification == NULL, "the registration is left");
}

int is_registered(void) { return notification != NULL; }

int notify(IO_SESSION_STATE_INFORMATION *session, ULONG event, const void *payload, ULONG length) {
  IO_SESSION_NOTIFICATION_FUNCTION *function = notification;
  if (function == NULL) {
    return 0;
  }
  RULE(function(session, &driver, event, context, (PVOID)payload, length) == STATUS_SUCCESS,
       "a notification is answered with an error");
  RULE(held_locks == 0, "a notification keeps a spin lock");
  return 1;
}

PIRP request(PFILE_OBJECT file, ULONG code, const void *given, ULONG length, ULONG room) {
  PIRP irp = calloc(1, sizeof *irp);
  ULONG bytes = length > room ? length : room;
  irp->Stack.FileObject = file;
  irp->Stack.Parameters.DeviceIoControl.IoControlCode = code;
  irp->Stack.Parameters.DeviceIoControl.InputBufferLength = length;
  irp->Stack.Parameters.DeviceIoControl.OutputBufferLength = room;
  /* Exactly as long as the longer one: what goes beyond it is found. */
  irp->AssociatedIrp.SystemBuffer = bytes == 0 ? NULL : malloc(bytes);
  if (length > 0) {
    memcpy(irp->AssociatedIrp.SystemBuffer, given, length);
  }
  return irp;
}

NTSTATUS dispatch(int major, PIRP irp) {
  NTSTATUS status = driver.MajorFunction[major](&device, irp);
  RULE(held_locks == 0, "a request keeps a spin lock");
  return status;
}

int is_done(PIRP irp) { return irp->Completions > 0; }

void await_done(PIRP irp) {
  for (int i = 0; !is_done(irp); i++) {
    RULE(i < 200000, "a request never ends");
    if (i < 100) {
      sched_yield();
    } else {
      usleep(20);
    }
  }
}

void release(PIRP irp) {
  free(irp->AssociatedIrp.SystemBuffer);
  memset(irp, 0x5a, sizeof *irp);
  free(irp);
}

NTSTATUS control(PFILE_OBJECT file, ULONG code, const void *given, ULONG length, void *answer,
                 ULONG room) {
  PIRP irp = request(file, code, given, length, room);
  NTSTATUS status = dispatch(IRP_MJ_DEVICE_CONTROL, irp);
  RULE(status != STATUS_PENDING && is_done(irp), "a request waits that need not");
  RULE(irp->IoStatus.Status == status, "what is returned is not what is stored");
  RULE(irp->IoStatus.Information <= room, "more is returned than there is room for");
  if (status == STATUS_SUCCESS && answer != NULL) {
    memcpy(answer, irp->AssociatedIrp.SystemBuffer, irp->IoStatus.Information);
  }
  release(irp);
  return status;
}

NTSTATUS file_call(int major, PFILE_OBJECT file) {
  PIRP irp = request(file, 0, NULL, 0, 0);
  NTSTATUS status = dispatch(major, irp);
  RULE(is_done(irp) && irp->IoStatus.Status == status, "opening or closing waits");
  release(irp);
  return status;
}

SB_STATISTICS statistics(void) {
  FILE_OBJECT other = {{0, 0, NULL}};
  SB_STATISTICS answer;
  RULE(control(&other, SB_IOCTL_STATISTICS, NULL, 0, &answer, sizeof answer) == STATUS_SUCCESS,
       "the statistics are not answered");
  return answer;
}
