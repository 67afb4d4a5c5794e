/*
 * As much of the kernel as the driver calls, for a program on Linux: threads are pthreads, spin
 * locks are mutexes, and each call checks the rules that its documentation has. Compiled with
 * -fshort-wchar, as the kernel's texts are UTF-16.
 */
#ifndef FAKE_NTDDK_H
#define FAKE_NTDDK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NTAPI
#define _Use_decl_annotations_
#define UNREFERENCED_PARAMETER(name) ((void)(name))
#define FALSE 0
#define TRUE 1

typedef void VOID, *PVOID;
typedef unsigned char BOOLEAN, KIRQL;
typedef uint16_t USHORT;
typedef uint32_t ULONG;
typedef int32_t LONG, NTSTATUS;
typedef int64_t LONGLONG;
typedef uint64_t ULONGLONG;
typedef uintptr_t ULONG_PTR;
typedef wchar_t *PWSTR;
typedef const wchar_t *PCWSTR;
typedef union {
  LONGLONG QuadPart;
} LARGE_INTEGER;
typedef struct {
  ULONG Data1;
  USHORT Data2, Data3;
  unsigned char Data4[8];
} GUID;
typedef struct {
  USHORT Length, MaximumLength; /* in bytes */
  PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#define STATUS_SUCCESS ((NTSTATUS)0)
#define STATUS_PENDING ((NTSTATUS)0x103)
#define STATUS_INVALID_DEVICE_REQUEST ((NTSTATUS)0xC0000010)
#define STATUS_BUFFER_TOO_SMALL ((NTSTATUS)0xC0000023)
#define STATUS_OBJECT_NAME_NOT_FOUND ((NTSTATUS)0xC0000034)
#define STATUS_SHARING_VIOLATION ((NTSTATUS)0xC0000043)
#define STATUS_REVISION_MISMATCH ((NTSTATUS)0xC0000059)
#define STATUS_PROCEDURE_NOT_FOUND ((NTSTATUS)0xC000007A)
#define STATUS_INSUFFICIENT_RESOURCES ((NTSTATUS)0xC000009A)
#define STATUS_CANCELLED ((NTSTATUS)0xC0000120)
#define STATUS_INVALID_DEVICE_STATE ((NTSTATUS)0xC0000184)
#define STATUS_DEVICE_BUSY ((NTSTATUS)0x80000011)

#define FILE_DEVICE_UNKNOWN 0x22
#define FILE_DEVICE_SECURE_OPEN 0x100
#define METHOD_BUFFERED 0
#define FILE_ANY_ACCESS 0
#define FILE_READ_ACCESS 1
#define CTL_CODE(type, function, method, access) \
  (((type) << 16) | ((access) << 14) | ((function) << 2) | (method))
#define IO_NO_INCREMENT 0

/* Ends the program with the place of the broken rule. */
_Noreturn void broken(const char *rule, const char *file, int line);
#define RULE(condition, text) ((condition) ? (void)0 : broken(text, __FILE__, __LINE__))

/* How many spin locks this thread holds; more than none stands for DISPATCH_LEVEL. */
extern _Thread_local int held_locks;
#define PAGED_CODE() RULE(held_locks == 0, "pageable code runs under a spin lock")

typedef pthread_mutex_t KSPIN_LOCK;
#define KeInitializeSpinLock(lock) pthread_mutex_init(lock, NULL)
#define KeAcquireSpinLock(lock, irql) \
  (*(irql) = (KIRQL)held_locks++, (void)pthread_mutex_lock(lock))
#define KeReleaseSpinLock(lock, irql) ((void)(irql), release_lock(lock))
void release_lock(KSPIN_LOCK *lock);

typedef struct _LIST_ENTRY {
  struct _LIST_ENTRY *Flink, *Blink;
} LIST_ENTRY, *PLIST_ENTRY;
#define CONTAINING_RECORD(address, type, field) \
  ((type *)((char *)(address)-offsetof(type, field)))

static inline void InitializeListHead(PLIST_ENTRY head) { head->Flink = head->Blink = head; }

static inline void InsertTailList(PLIST_ENTRY head, PLIST_ENTRY entry) {
  entry->Flink = head;
  entry->Blink = head->Blink;
  head->Blink->Flink = entry;
  head->Blink = entry;
}

static inline BOOLEAN RemoveEntryList(PLIST_ENTRY entry) {
  entry->Blink->Flink = entry->Flink;
  entry->Flink->Blink = entry->Blink;
  return entry->Flink == entry->Blink;
}

#define RtlZeroMemory(to, bytes) memset(to, 0, bytes)
#define RtlCopyMemory(to, from, bytes) memcpy(to, from, bytes)

static inline void RtlInitUnicodeString(UNICODE_STRING *text, PCWSTR from) {
  USHORT length = 0;
  while (from[length] != 0) {
    length++;
  }
  text->Length = (USHORT)(length * 2);
  text->MaximumLength = (USHORT)(length * 2 + 2);
  text->Buffer = (PWSTR)from;
}

typedef struct _DRIVER_OBJECT DRIVER_OBJECT, *PDRIVER_OBJECT;
typedef struct _DEVICE_OBJECT {
  PVOID DeviceExtension;
} DEVICE_OBJECT, *PDEVICE_OBJECT;
typedef struct {
  UNICODE_STRING FileName;
} FILE_OBJECT, *PFILE_OBJECT;
typedef struct _IRP IRP, *PIRP;

typedef NTSTATUS DRIVER_INITIALIZE(PDRIVER_OBJECT, PUNICODE_STRING);
typedef VOID DRIVER_UNLOAD(PDRIVER_OBJECT);
typedef NTSTATUS DRIVER_DISPATCH(PDEVICE_OBJECT, PIRP);
typedef VOID DRIVER_CANCEL(PDEVICE_OBJECT, PIRP);

enum {
  IRP_MJ_CREATE = 0,
  IRP_MJ_CLOSE = 2,
  IRP_MJ_DEVICE_CONTROL = 14,
  IRP_MJ_CLEANUP = 18,
  IRP_MJ_FUNCTIONS = 28
};
struct _DRIVER_OBJECT {
  PDEVICE_OBJECT DeviceObject;
  DRIVER_DISPATCH *MajorFunction[IRP_MJ_FUNCTIONS];
  DRIVER_UNLOAD *DriverUnload;
};
typedef struct {
  PFILE_OBJECT FileObject;
  struct {
    struct {
      ULONG IoControlCode, InputBufferLength, OutputBufferLength;
    } DeviceIoControl;
  } Parameters;
} IO_STACK_LOCATION, *PIO_STACK_LOCATION;
struct _IRP {
  struct {
    NTSTATUS Status;
    ULONG_PTR Information;
  } IoStatus;
  struct {
    PVOID SystemBuffer;
  } AssociatedIrp;
  DRIVER_CANCEL *_Atomic CancelRoutine;
  _Atomic BOOLEAN Cancel;
  KIRQL CancelIrql;
  struct {
    struct {
      LIST_ENTRY ListEntry;
    } Overlay;
  } Tail;
  /* Of the fake alone. */
  IO_STACK_LOCATION Stack;
  _Atomic int Completions;
  BOOLEAN Marked;
};
#define IoGetCurrentIrpStackLocation(irp) (&(irp)->Stack)
#define IoMarkIrpPending(irp) ((irp)->Marked = TRUE)
#define IoSetCancelRoutine(irp, routine) \
  atomic_exchange(&(irp)->CancelRoutine, (DRIVER_CANCEL *)(routine))

void IoCompleteRequest(PIRP irp, int boost);
void IoReleaseCancelSpinLock(KIRQL irql);

typedef struct {
  pthread_mutex_t Mutex;
  pthread_cond_t Changed;
  int Holders;
  BOOLEAN Closed;
} EX_RUNDOWN_REF, *PEX_RUNDOWN_REF;
void ExInitializeRundownProtection(PEX_RUNDOWN_REF rundown);
BOOLEAN ExAcquireRundownProtection(PEX_RUNDOWN_REF rundown);
void ExReleaseRundownProtection(PEX_RUNDOWN_REF rundown);
void ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF rundown);

#define POOL_NX_OPTIN 1
#define DrvRtPoolNxOptIn 1
void ExInitializeDriverRuntime(ULONG flags);

void KeQuerySystemTime(LARGE_INTEGER *now);
ULONGLONG KeQueryInterruptTime(void);
PVOID MmGetSystemRoutineAddress(PUNICODE_STRING name);
NTSTATUS IoCreateDeviceSecure(PDRIVER_OBJECT driver, ULONG bytes, PUNICODE_STRING name, ULONG type,
                              ULONG characteristics, BOOLEAN exclusive, PCUNICODE_STRING access,
                              const GUID *class, PDEVICE_OBJECT *device);
NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING link, PUNICODE_STRING name);
NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING link);
VOID IoDeleteDevice(PDEVICE_OBJECT device);

typedef enum { IoSessionStateNotification } IO_CONTAINER_NOTIFICATION_CLASS;
typedef enum { IoSessionStateInformation } IO_CONTAINER_INFORMATION_CLASS;
typedef enum {
  IoSessionStateCreated = 1,
  IoSessionStateInitialized,
  IoSessionStateConnected,
  IoSessionStateDisconnected,
  IoSessionStateDisconnectedLoggedOn,
  IoSessionStateLoggedOn,
  IoSessionStateLoggedOff,
  IoSessionStateTerminated
} IO_SESSION_STATE;
typedef enum {
  IoSessionEventCreated = 1,
  IoSessionEventTerminated,
  IoSessionEventConnected,
  IoSessionEventDisconnected,
  IoSessionEventLogon,
  IoSessionEventLogoff
} IO_SESSION_EVENT;
#define IO_SESSION_STATE_ALL_EVENTS 0xffffffff
typedef struct {
  ULONG Size, Flags;
  PVOID IoObject;
  ULONG EventMask;
  PVOID Context;
} IO_SESSION_STATE_NOTIFICATION;
typedef struct {
  ULONG SessionId;
  IO_SESSION_STATE SessionState;
  BOOLEAN LocalSession;
} IO_SESSION_STATE_INFORMATION;
typedef struct {
  ULONG SessionId;
  BOOLEAN LocalSession;
} IO_SESSION_CONNECT_INFO;
typedef NTSTATUS (*PIO_CONTAINER_NOTIFICATION_FUNCTION)(VOID);
typedef NTSTATUS IO_SESSION_NOTIFICATION_FUNCTION(PVOID session, PVOID object, ULONG event,
                                                  PVOID context, PVOID payload, ULONG length);

#endif
