/*
 * Receives every session change from the I/O manager and keeps the last ones for one reader.
 *
 *   I/O manager --SbSessionChanged--> SbRing[SB_CAPACITY] --SB_IOCTL_READ--> reader
 *
 * Invariants outside the lock:
 *   - NextRead <= Next, and Next - NextRead <= SB_CAPACITY: the records in between are queued;
 *   - no read is pending while a record is queued;
 *   - a read on the list belongs to the reader's handle, and has a cancel routine until it is
 *     removed from the list or cancelled.
 * A record stays in the ring after it was read, until it is overwritten. A reader that ended
 * before it stored a record can request it again, see SB_ATTACH.
 *
 * No request is completed and no routine is called under the lock. Levels: the session callback
 * runs at <= APC_LEVEL, the cancel routine at DISPATCH_LEVEL, dispatch routines at PASSIVE_LEVEL.
 */
#include <ntddk.h>
#include <wdmsec.h>

#include "sessionbridge.h"

#ifdef __GNUC__ /* mingw-w64 does not define the kernel's role types */
#define _Dispatch_type_(type)
#endif
#ifdef _MSC_VER
#pragma warning(disable : 4055) /* MmGetSystemRoutineAddress returns functions as data */
#endif

typedef NTSTATUS(NTAPI SB_REGISTER)(IO_CONTAINER_NOTIFICATION_CLASS,
                                    PIO_CONTAINER_NOTIFICATION_FUNCTION, PVOID, ULONG, PVOID);
typedef VOID(NTAPI SB_UNREGISTER)(PVOID);
typedef NTSTATUS(NTAPI SB_INFORMATION)(IO_CONTAINER_INFORMATION_CLASS, PVOID, PVOID, ULONG);

/*
 * Record n is at index n % SB_CAPACITY. In the image, which is not paged, not in the extension:
 * DEVICE_OBJECT.Size counts the extension too, in 16 bits.
 */
static SB_RECORD SbRing[SB_CAPACITY];

/* The extension of the device: not paged, not executable, zeroed by the I/O manager. */
typedef struct _SB_DEVICE {
  KSPIN_LOCK Lock; /* guards the fields up to Lost, and the ring */
  LIST_ENTRY Reads;
  PFILE_OBJECT Reader;
  ULONGLONG Next; /* the number of the next record to be published */
  ULONGLONG NextRead;
  ULONGLONG Lost;

  /* Set before the first request or notification, and not changed after that. */
  SB_RECORD *Ring;
  ULONGLONG BootId;
  EX_RUNDOWN_REF Callbacks; /* held by each notification while it runs */
  PVOID Registration;
  NTSTATUS RegisterStatus;
  SB_UNREGISTER *Unregister;
  SB_INFORMATION *Information;
} SB_DEVICE;

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD SbUnload;
_Dispatch_type_(IRP_MJ_CREATE) static DRIVER_DISPATCH SbCreate;
_Dispatch_type_(IRP_MJ_CLEANUP) _Dispatch_type_(IRP_MJ_CLOSE) static DRIVER_DISPATCH SbClose;
_Dispatch_type_(IRP_MJ_DEVICE_CONTROL) static DRIVER_DISPATCH SbControl;
static DRIVER_CANCEL SbCancelRead;
static IO_SESSION_NOTIFICATION_FUNCTION SbSessionChanged;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, SbUnload)
#pragma alloc_text(PAGE, SbCreate)
#endif

/* {6F0C1B52-3A77-4C0E-9E7B-6B5B0E0B7D31}: lets an administrator override the security */
static const GUID SbDeviceClass = {
    0x6f0c1b52, 0x3a77, 0x4c0e, {0x9e, 0x7b, 0x6b, 0x5b, 0x0e, 0x0b, 0x7d, 0x31}};

static ULONGLONG SbSystemTime(void) {
  LARGE_INTEGER now;
  KeQuerySystemTime(&now);
  return (ULONGLONG)now.QuadPart;
}

static NTSTATUS SbComplete(PIRP irp, NTSTATUS status, ULONG_PTR bytes) {
  irp->IoStatus.Status = status;
  irp->IoStatus.Information = bytes;
  IoCompleteRequest(irp, IO_NO_INCREMENT);
  return status;
}

/* Returns the number of pending reads. Under the lock; at most SB_MOST_PENDING steps. */
static ULONG SbPendingReads(SB_DEVICE *device) {
  PLIST_ENTRY entry;
  ULONG count = 0;
  for (entry = device->Reads.Flink; entry != &device->Reads; entry = entry->Flink) {
    count++;
  }
  return count;
}

/* Removes the oldest read that can no longer be cancelled; NULL if none. Under the lock. */
static PIRP SbTakeRead(SB_DEVICE *device) {
  while (device->Reads.Flink != &device->Reads) {
    PLIST_ENTRY entry = device->Reads.Flink;
    PIRP irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);
    RemoveEntryList(entry);
    /* Linked to itself: SbCancelRead may be about to unlink it again. */
    InitializeListHead(entry);
    if (IoSetCancelRoutine(irp, NULL) != NULL) {
      return irp;
    }
    /* Cancelled: SbCancelRead completes it. */
  }
  return NULL;
}

/* Cancels pending reads: all, or only those of the given reader. Detaches that reader. */
static VOID SbFlush(SB_DEVICE *device, PFILE_OBJECT reader, BOOLEAN all) {
  KIRQL irql;
  PIRP irp;
  do {
    KeAcquireSpinLock(&device->Lock, &irql);
    irp = all || device->Reader == reader ? SbTakeRead(device) : NULL;
    if (irp == NULL && device->Reader == reader) {
      device->Reader = NULL;
    }
    KeReleaseSpinLock(&device->Lock, irql);
    if (irp != NULL) {
      SbComplete(irp, STATUS_CANCELLED, 0);
    }
  } while (irp != NULL);
}

/* Numbers the record, stores it in the ring and completes a pending read. At <= DISPATCH_LEVEL. */
static VOID SbPublish(SB_DEVICE *device, SB_RECORD *record) {
  KIRQL irql;
  PIRP irp = NULL;
  KeAcquireSpinLock(&device->Lock, &irql);
  record->Sequence = device->Next;
  if (device->Next - device->NextRead == SB_CAPACITY) {
    device->NextRead++;
    device->Lost++;
  }
  record->Lost = device->Lost;
  device->Ring[record->Sequence % SB_CAPACITY] = *record;
  device->Next++;
  if (device->NextRead == record->Sequence) {
    irp = SbTakeRead(device);
    if (irp != NULL) {
      device->NextRead++;
    }
  }
  KeReleaseSpinLock(&device->Lock, irql);
  if (irp != NULL) {
    RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, record, sizeof *record);
    SbComplete(irp, STATUS_SUCCESS, sizeof *record);
  }
}

/* Queries the session's state. LocalSession is valid in three states only. */
static VOID SbQuerySession(SB_DEVICE *device, PVOID session, SB_RECORD *record) {
  IO_SESSION_STATE_INFORMATION information;
  RtlZeroMemory(&information, sizeof information);
  if (device->Information == NULL ||
      !NT_SUCCESS(device->Information(IoSessionStateInformation, session, &information,
                                      sizeof information))) {
    return;
  }
  record->SessionId = information.SessionId;
  record->State = (ULONG)information.SessionState;
  record->Flags |= SB_FLAG_STATE;
  if (information.SessionState == IoSessionStateConnected ||
      information.SessionState == IoSessionStateLoggedOn ||
      information.SessionState == IoSessionStateLoggedOff) {
    record->Flags |= SB_FLAG_LOCAL_KNOWN | (information.LocalSession ? SB_FLAG_LOCAL : 0);
  }
}

/*
 * Connected carries the session in its payload. The queried state may have changed since, so the
 * payload takes precedence. A payload of Logon is not documented; it is used only if it names the
 * session that the system names.
 */
static VOID SbReadPayload(PVOID payload, ULONG length, SB_RECORD *record) {
  IO_SESSION_CONNECT_INFO connected;
  if (payload == NULL || length < sizeof connected ||
      (record->Event != IoSessionEventConnected && record->Event != IoSessionEventLogon)) {
    return;
  }
  RtlCopyMemory(&connected, payload, sizeof connected);
  if (record->Event == IoSessionEventLogon && connected.SessionId != record->SessionId) {
    return;
  }
  record->SessionId = connected.SessionId;
  record->Flags &= ~SB_FLAG_LOCAL;
  record->Flags |=
      SB_FLAG_PAYLOAD | SB_FLAG_LOCAL_KNOWN | (connected.LocalSession ? SB_FLAG_LOCAL : 0);
}

/* Called by the I/O manager at <= APC_LEVEL. Must return STATUS_SUCCESS in every case. */
_Use_decl_annotations_ static NTSTATUS NTAPI SbSessionChanged(PVOID session, PVOID object,
                                                              ULONG event, PVOID context,
                                                              PVOID payload, ULONG length) {
  SB_DEVICE *device = context;
  SB_RECORD record;
  UNREFERENCED_PARAMETER(object);
  if (!ExAcquireRundownProtection(&device->Callbacks)) {
    return STATUS_SUCCESS; /* the driver is being unloaded */
  }
  RtlZeroMemory(&record, sizeof record);
  record.Version = SB_ABI_VERSION;
  record.Size = sizeof record;
  record.BootId = device->BootId;
  record.SystemTime = SbSystemTime();
  record.InterruptTime = KeQueryInterruptTime();
  record.Event = event;
  record.SessionId = SB_NO_SESSION;
  SbQuerySession(device, session, &record);
  SbReadPayload(payload, length, &record);
  SbPublish(device, &record);
  ExReleaseRundownProtection(&device->Callbacks);
  return STATUS_SUCCESS;
}

/* Opens the device itself; there are no files in it. */
_Use_decl_annotations_ static NTSTATUS NTAPI SbCreate(PDEVICE_OBJECT object, PIRP irp) {
  PFILE_OBJECT file = IoGetCurrentIrpStackLocation(irp)->FileObject;
  UNREFERENCED_PARAMETER(object);
  PAGED_CODE();
  if (file == NULL || file->FileName.Length != 0) {
    return SbComplete(irp, STATUS_OBJECT_NAME_NOT_FOUND, 0);
  }
  return SbComplete(irp, STATUS_SUCCESS, 0);
}

/*
 * Cleanup and close. Windows sends cleanup while reads are pending, and close when none is left.
 * Some emulations send only close, with reads on the list; they would swallow later records.
 */
_Use_decl_annotations_ static NTSTATUS NTAPI SbClose(PDEVICE_OBJECT object, PIRP irp) {
  SbFlush(object->DeviceExtension, IoGetCurrentIrpStackLocation(irp)->FileObject, FALSE);
  return SbComplete(irp, STATUS_SUCCESS, 0);
}

/* Called with the system's cancel lock held. Releases it first, so the two locks never nest. */
_Use_decl_annotations_ static VOID NTAPI SbCancelRead(PDEVICE_OBJECT object, PIRP irp) {
  SB_DEVICE *device = object->DeviceExtension;
  KIRQL irql;
  IoReleaseCancelSpinLock(irp->CancelIrql);
  KeAcquireSpinLock(&device->Lock, &irql);
  RemoveEntryList(&irp->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&device->Lock, irql);
  SbComplete(irp, STATUS_CANCELLED, 0);
}

static NTSTATUS SbVersion(PIRP irp, ULONG room) {
  SB_VERSION version;
  if (room < sizeof version) {
    return SbComplete(irp, STATUS_BUFFER_TOO_SMALL, 0);
  }
  RtlZeroMemory(&version, sizeof version);
  version.Version = SB_ABI_VERSION;
  version.OldestVersion = SB_ABI_OLDEST;
  version.Size = sizeof version;
  version.RecordSize = sizeof(SB_RECORD);
  RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, &version, sizeof version);
  return SbComplete(irp, STATUS_SUCCESS, sizeof version);
}

static NTSTATUS SbStatistics(SB_DEVICE *device, PIRP irp, ULONG room) {
  SB_STATISTICS statistics;
  KIRQL irql;
  if (room < sizeof statistics) {
    return SbComplete(irp, STATUS_BUFFER_TOO_SMALL, 0);
  }
  RtlZeroMemory(&statistics, sizeof statistics);
  statistics.Version = SB_ABI_VERSION;
  statistics.Size = sizeof statistics;
  statistics.BootId = device->BootId;
  statistics.Capacity = SB_CAPACITY;
  statistics.Registered = device->Registration != NULL;
  statistics.RegisterStatus = device->RegisterStatus;
  KeAcquireSpinLock(&device->Lock, &irql);
  statistics.Published = device->Next - 1;
  statistics.NextRead = device->NextRead;
  statistics.Lost = device->Lost;
  statistics.Queued = (ULONG)(device->Next - device->NextRead);
  statistics.Pending = SbPendingReads(device);
  statistics.Reader = device->Reader != NULL;
  KeReleaseSpinLock(&device->Lock, irql);
  RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, &statistics, sizeof statistics);
  return SbComplete(irp, STATUS_SUCCESS, sizeof statistics);
}

/* Where a reader that has everything up to After resumes: the first missing record in the ring. */
static ULONGLONG SbNextFor(SB_DEVICE *device, const SB_ATTACH *attach) {
  ULONGLONG oldest = device->Next > SB_CAPACITY ? device->Next - SB_CAPACITY : 1;
  if (attach->BootId == 0) {
    return device->NextRead;
  }
  if (attach->BootId != device->BootId || attach->After < oldest) {
    return oldest;
  }
  return attach->After < device->Next ? attach->After + 1 : device->Next;
}

static NTSTATUS SbAttach(SB_DEVICE *device, PIRP irp, PFILE_OBJECT file, ULONG given) {
  SB_ATTACH attach;
  NTSTATUS status = STATUS_SUCCESS;
  KIRQL irql;
  if (file == NULL) { /* from a driver: NULL means "no reader" and cannot be one */
    return SbComplete(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
  }
  if (given < sizeof attach) {
    return SbComplete(irp, STATUS_BUFFER_TOO_SMALL, 0);
  }
  RtlCopyMemory(&attach, irp->AssociatedIrp.SystemBuffer, sizeof attach);
  if (attach.Version < SB_ABI_OLDEST || attach.Version > SB_ABI_VERSION) {
    return SbComplete(irp, STATUS_REVISION_MISMATCH, 0);
  }
  KeAcquireSpinLock(&device->Lock, &irql);
  if (device->Reader != NULL && device->Reader != file) {
    status = STATUS_SHARING_VIOLATION;
  } else if (device->Reads.Flink != &device->Reads) {
    status = STATUS_DEVICE_BUSY;
  } else {
    device->Reader = file;
    device->NextRead = SbNextFor(device, &attach);
  }
  KeReleaseSpinLock(&device->Lock, irql);
  return SbComplete(irp, status, 0);
}

/* Copies queued records as far as there is room; returns their number. Under the lock. */
static ULONG SbCopyQueued(SB_DEVICE *device, SB_RECORD *out, ULONG room) {
  ULONG most = (ULONG)(room / sizeof(SB_RECORD));
  ULONG count = 0;
  if (most > SB_MOST_RECORDS) {
    most = SB_MOST_RECORDS;
  }
  while (count < most && device->NextRead < device->Next) {
    out[count] = device->Ring[device->NextRead % SB_CAPACITY];
    device->NextRead++;
    count++;
  }
  return count;
}

/* Makes the read pending, unless it is already cancelled. Under the lock. */
static NTSTATUS SbWait(SB_DEVICE *device, PIRP irp) {
  IoSetCancelRoutine(irp, SbCancelRead);
  if (irp->Cancel && IoSetCancelRoutine(irp, NULL) != NULL) {
    return STATUS_CANCELLED; /* cancelled before it had the routine, which will not be called now */
  }
  /* Done even if the cancel routine runs now: it waits for the lock. */
  IoMarkIrpPending(irp);
  InsertTailList(&device->Reads, &irp->Tail.Overlay.ListEntry);
  return STATUS_PENDING;
}

static NTSTATUS SbRead(SB_DEVICE *device, PIRP irp, PFILE_OBJECT file, ULONG room) {
  NTSTATUS status = STATUS_SUCCESS;
  ULONG count = 0;
  KIRQL irql;
  if (room < sizeof(SB_RECORD)) {
    return SbComplete(irp, STATUS_BUFFER_TOO_SMALL, 0);
  }
  KeAcquireSpinLock(&device->Lock, &irql);
  if (device->Reader == NULL || device->Reader != file) {
    status = STATUS_INVALID_DEVICE_STATE;
  } else if (device->NextRead < device->Next) {
    count = SbCopyQueued(device, irp->AssociatedIrp.SystemBuffer, room);
  } else if (SbPendingReads(device) >= SB_MOST_PENDING) {
    status = STATUS_INSUFFICIENT_RESOURCES;
  } else {
    status = SbWait(device, irp);
  }
  KeReleaseSpinLock(&device->Lock, irql);
  if (status == STATUS_PENDING) {
    return status; /* the request may already be freed */
  }
  return SbComplete(irp, status, count * sizeof(SB_RECORD));
}

_Use_decl_annotations_ static NTSTATUS NTAPI SbControl(PDEVICE_OBJECT object, PIRP irp) {
  SB_DEVICE *device = object->DeviceExtension;
  PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
  ULONG given = stack->Parameters.DeviceIoControl.InputBufferLength;
  ULONG room = stack->Parameters.DeviceIoControl.OutputBufferLength;
  switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case SB_IOCTL_VERSION:
      return SbVersion(irp, room);
    case SB_IOCTL_STATISTICS:
      return SbStatistics(device, irp, room);
    case SB_IOCTL_ATTACH:
      return SbAttach(device, irp, stack->FileObject, given);
    case SB_IOCTL_READ:
      return SbRead(device, irp, stack->FileObject, room);
    default:
      return SbComplete(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
  }
}

/*
 * Unregisters first: no notification begins after that, and the rundown waits for the running ones.
 * It cannot cover a notification's instructions before the acquire and after the release; there
 * IoUnregisterContainerNotification must guarantee that none runs when the image is unloaded.
 * The system calls this when no handle is open; reads that are still pending are cancelled.
 */
_Use_decl_annotations_ static VOID NTAPI SbUnload(PDRIVER_OBJECT driver) {
  PDEVICE_OBJECT object = driver->DeviceObject;
  SB_DEVICE *device;
  UNICODE_STRING link;
  PAGED_CODE();
  if (object == NULL) {
    return;
  }
  device = object->DeviceExtension;
  if (device->Registration != NULL) {
    device->Unregister(device->Registration);
  }
  ExWaitForRundownProtectionRelease(&device->Callbacks);
  RtlInitUnicodeString(&link, SB_LINK_NAME);
  IoDeleteSymbolicLink(&link);
  SbFlush(device, NULL, TRUE);
  IoDeleteDevice(object);
}

/* Looked up at run time, because a missing import would fail the load. */
static PVOID SbSystemRoutine(PCWSTR name) {
  UNICODE_STRING text;
  RtlInitUnicodeString(&text, name);
  return MmGetSystemRoutineAddress(&text);
}

/* Registers for all sessions, because the object is a driver. A failure is kept for statistics. */
static VOID SbRegister(SB_DEVICE *device, PDRIVER_OBJECT driver) {
  IO_SESSION_STATE_NOTIFICATION wanted;
  SB_REGISTER *registerNotification =
      (SB_REGISTER *)SbSystemRoutine(L"IoRegisterContainerNotification");
  device->Unregister = (SB_UNREGISTER *)SbSystemRoutine(L"IoUnregisterContainerNotification");
  device->Information = (SB_INFORMATION *)SbSystemRoutine(L"IoGetContainerInformation");
  if (registerNotification == NULL || device->Unregister == NULL) {
    device->RegisterStatus = STATUS_PROCEDURE_NOT_FOUND;
    return;
  }
  RtlZeroMemory(&wanted, sizeof wanted);
  wanted.Size = sizeof wanted;
  wanted.IoObject = driver;
  wanted.EventMask = IO_SESSION_STATE_ALL_EVENTS;
  wanted.Context = device;
  device->RegisterStatus = registerNotification(
      IoSessionStateNotification, (PIO_CONTAINER_NOTIFICATION_FUNCTION)SbSessionChanged,
      &wanted, sizeof wanted, &device->Registration);
  if (!NT_SUCCESS(device->RegisterStatus)) {
    device->Registration = NULL;
  }
}

_Use_decl_annotations_ NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  UNICODE_STRING name, link, access;
  PDEVICE_OBJECT object;
  SB_DEVICE *device;
  NTSTATUS status;
  UNREFERENCED_PARAMETER(path);
#ifdef POOL_NX_OPTIN
  ExInitializeDriverRuntime(DrvRtPoolNxOptIn);
#endif
  RtlInitUnicodeString(&name, SB_DEVICE_NAME);
  RtlInitUnicodeString(&link, SB_LINK_NAME);
  RtlInitUnicodeString(&access, L"D:P(A;;GA;;;SY)(A;;GA;;;BA)"); /* SYSTEM and administrators */
  status = IoCreateDeviceSecure(driver, sizeof *device, &name, FILE_DEVICE_UNKNOWN,
                                FILE_DEVICE_SECURE_OPEN, FALSE, &access, &SbDeviceClass, &object);
  if (!NT_SUCCESS(status)) {
    return status;
  }
  device = object->DeviceExtension;
  KeInitializeSpinLock(&device->Lock);
  InitializeListHead(&device->Reads);
  device->Ring = SbRing;
  device->Next = 1;
  device->NextRead = 1;
  device->BootId = SbSystemTime();
  ExInitializeRundownProtection(&device->Callbacks);
  status = IoCreateSymbolicLink(&link, &name);
  if (!NT_SUCCESS(status)) {
    IoDeleteDevice(object);
    return status;
  }
  driver->MajorFunction[IRP_MJ_CREATE] = SbCreate;
  driver->MajorFunction[IRP_MJ_CLEANUP] = SbClose;
  driver->MajorFunction[IRP_MJ_CLOSE] = SbClose;
  driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SbControl;
  driver->DriverUnload = SbUnload;
  SbRegister(device, driver); /* last: notifications may come before it returns */
  return STATUS_SUCCESS;
}
