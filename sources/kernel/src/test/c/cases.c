/* Deterministic cases. Each loads its own driver. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "machine.h"

#define EXPECT(condition) RULE(condition, #condition)

/* The offsets in the header's comments, on which the readers rely. */
#define AT(type, field, offset) \
  _Static_assert(offsetof(type, field) == (offset), #type "." #field " is not at " #offset)
_Static_assert(sizeof(SB_VERSION) == 16, "SB_VERSION has another size");
_Static_assert(sizeof(SB_STATISTICS) == 64, "SB_STATISTICS has another size");
_Static_assert(sizeof(SB_ATTACH) == 24, "SB_ATTACH has another size");
_Static_assert(sizeof(SB_RECORD) == 64, "SB_RECORD has another size");
AT(SB_VERSION, OldestVersion, 4);
AT(SB_VERSION, RecordSize, 12);
AT(SB_STATISTICS, BootId, 8);
AT(SB_STATISTICS, Published, 16);
AT(SB_STATISTICS, NextRead, 24);
AT(SB_STATISTICS, Lost, 32);
AT(SB_STATISTICS, Queued, 40);
AT(SB_STATISTICS, Pending, 44);
AT(SB_STATISTICS, Capacity, 48);
AT(SB_STATISTICS, Registered, 52);
AT(SB_STATISTICS, RegisterStatus, 56);
AT(SB_STATISTICS, Reader, 60);
AT(SB_ATTACH, BootId, 8);
AT(SB_ATTACH, After, 16);
AT(SB_RECORD, BootId, 8);
AT(SB_RECORD, Sequence, 16);
AT(SB_RECORD, SystemTime, 24);
AT(SB_RECORD, InterruptTime, 32);
AT(SB_RECORD, Lost, 40);
AT(SB_RECORD, Event, 48);
AT(SB_RECORD, SessionId, 52);
AT(SB_RECORD, State, 56);
AT(SB_RECORD, Flags, 60);
_Static_assert(SB_IOCTL_VERSION == 0x222000 && SB_IOCTL_STATISTICS == 0x222004 &&
                   SB_IOCTL_ATTACH == 0x226008 && SB_IOCTL_READ == 0x22600C,
               "a control code has another number");

static FILE_OBJECT first, second;
static IO_SESSION_STATE_INFORMATION session = {3, IoSessionStateCreated, 0};

static NTSTATUS attach(PFILE_OBJECT file, ULONGLONG boot, ULONGLONG after) {
  SB_ATTACH attach = {SB_ABI_VERSION, sizeof attach, boot, after};
  return control(file, SB_IOCTL_ATTACH, &attach, sizeof attach, NULL, 0);
}

static void publish(int count) {
  for (int i = 0; i < count; i++) {
    EXPECT(notify(&session, IoSessionEventCreated, NULL, 0));
  }
}

static void publish_one(void) { publish(1); }

static PIRP pend(PFILE_OBJECT file) {
  PIRP irp = request(file, SB_IOCTL_READ, NULL, 0, sizeof(SB_RECORD));
  EXPECT(dispatch(IRP_MJ_DEVICE_CONTROL, irp) == STATUS_PENDING);
  EXPECT(irp->Marked);
  return irp;
}

static SB_RECORD *record_of(PIRP irp) {
  EXPECT(is_done(irp) && irp->IoStatus.Status == STATUS_SUCCESS);
  EXPECT(irp->IoStatus.Information == sizeof(SB_RECORD));
  return irp->AssociatedIrp.SystemBuffer;
}

static SB_RECORD read_one(PFILE_OBJECT file) {
  SB_RECORD record;
  EXPECT(control(file, SB_IOCTL_READ, NULL, 0, &record, sizeof record) == STATUS_SUCCESS);
  EXPECT(record.Version == 1 && record.Size == 64);
  return record;
}

static void close_file(PFILE_OBJECT file) {
  EXPECT(file_call(IRP_MJ_CLEANUP, file) == STATUS_SUCCESS);
  EXPECT(file_call(IRP_MJ_CLOSE, file) == STATUS_SUCCESS);
}

static void returns_version_and_statistics(void) {
  SB_VERSION version;
  UNICODE_STRING name;
  EXPECT(file_call(IRP_MJ_CREATE, &first) == STATUS_SUCCESS);
  for (ULONG room = 0; room < sizeof version; room++) {
    EXPECT(control(&first, SB_IOCTL_VERSION, NULL, 0, NULL, room) == STATUS_BUFFER_TOO_SMALL);
  }
  EXPECT(control(&first, SB_IOCTL_VERSION, NULL, 0, &version, 16) == STATUS_SUCCESS);
  EXPECT(version.Version == 1 && version.OldestVersion == 1);
  EXPECT(version.Size == 16 && version.RecordSize == 64);
  for (ULONG room = 0; room < sizeof(SB_STATISTICS); room++) {
    EXPECT(control(&first, SB_IOCTL_STATISTICS, NULL, 0, NULL, room) == STATUS_BUFFER_TOO_SMALL);
  }
  EXPECT(statistics().Registered == 1 && statistics().RegisterStatus == 0);
  EXPECT(statistics().Capacity == 1024 && statistics().Published == 0);
  EXPECT(control(&first, 0x0022E00C, NULL, 0, NULL, 0) == STATUS_INVALID_DEVICE_REQUEST);
  EXPECT(control(&first, SB_IOCTL_READ, NULL, 0, NULL, 63) == STATUS_BUFFER_TOO_SMALL);
  EXPECT(control(&first, SB_IOCTL_READ, NULL, 0, NULL, 64) == STATUS_INVALID_DEVICE_STATE);
  RtlInitUnicodeString(&name, L"\\inside");
  second.FileName = name;
  EXPECT(file_call(IRP_MJ_CREATE, &second) == STATUS_OBJECT_NAME_NOT_FOUND);
  memset(&second, 0, sizeof second);
}

static void attaches_one_reader(void) {
  SB_ATTACH newer = {2, sizeof newer, 0, 0};
  char bytes[sizeof newer] = {0};
  PIRP read;
  for (ULONG length = 0; length < sizeof newer; length++) {
    EXPECT(control(&first, SB_IOCTL_ATTACH, bytes, length, NULL, 0) == STATUS_BUFFER_TOO_SMALL);
  }
  EXPECT(control(&first, SB_IOCTL_ATTACH, &newer, 24, NULL, 0) == STATUS_REVISION_MISMATCH);
  EXPECT(attach(NULL, 0, 0) == STATUS_INVALID_DEVICE_REQUEST);
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  EXPECT(attach(&second, 0, 0) == STATUS_SHARING_VIOLATION);
  EXPECT(control(&second, SB_IOCTL_READ, NULL, 0, NULL, 64) == STATUS_INVALID_DEVICE_STATE);
  read = pend(&first);
  EXPECT(attach(&first, 0, 0) == STATUS_DEVICE_BUSY);
  EXPECT(statistics().Reader == 1 && statistics().Pending == 1);
  close_file(&second);
  EXPECT(!is_done(read));
  cancel(read);
  release(read);
  close_file(&first);
  EXPECT(statistics().Reader == 0);
  EXPECT(attach(&second, 0, 0) == STATUS_SUCCESS);
  close_file(&second);
}

static void records_notifications(void) {
  static const struct {
    ULONG event;
    IO_SESSION_STATE state;
    BOOLEAN local;
    ULONG paid; /* the session of the payload; 0 for no payload */
    BOOLEAN paid_local;
    ULONG flags, session;
  } reported[] = {
      {1, IoSessionStateCreated, 1, 0, 0, SB_FLAG_STATE, 9},
      {3, IoSessionStateConnected, 1, 0, 0, SB_FLAG_STATE | SB_FLAG_LOCAL_KNOWN | SB_FLAG_LOCAL, 9},
      {3, IoSessionStateConnected, 1, 10, 0,
       SB_FLAG_STATE | SB_FLAG_LOCAL_KNOWN | SB_FLAG_PAYLOAD, 10},
      {5, IoSessionStateLoggedOn, 0, 0, 0, SB_FLAG_STATE | SB_FLAG_LOCAL_KNOWN, 9},
      {5, IoSessionStateLoggedOn, 0, 9, 1,
       SB_FLAG_STATE | SB_FLAG_LOCAL_KNOWN | SB_FLAG_LOCAL | SB_FLAG_PAYLOAD, 9},
      {5, IoSessionStateLoggedOn, 0, 10, 1, SB_FLAG_STATE | SB_FLAG_LOCAL_KNOWN, 9},
      {4, IoSessionStateDisconnectedLoggedOn, 1, 10, 1, SB_FLAG_STATE, 9},
      {6, IoSessionStateLoggedOff, 1, 0, 0, SB_FLAG_STATE | SB_FLAG_LOCAL_KNOWN | SB_FLAG_LOCAL, 9},
      {2, IoSessionStateTerminated, 0, 0, 0, SB_FLAG_STATE, 9},
      {77, (IO_SESSION_STATE)99, 0, 0, 0, SB_FLAG_STATE, 9}};
  ULONGLONG before = 0;
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  for (ULONG i = 0; i < sizeof reported / sizeof *reported; i++) {
    IO_SESSION_STATE_INFORMATION now = {9, reported[i].state, reported[i].local};
    IO_SESSION_CONNECT_INFO paid = {reported[i].paid, reported[i].paid_local};
    SB_RECORD record;
    EXPECT(notify(&now, reported[i].event, reported[i].paid ? &paid : NULL,
                  reported[i].paid ? sizeof paid : 0));
    record = read_one(&first);
    EXPECT(record.Event == reported[i].event && record.State == (ULONG)reported[i].state);
    EXPECT(record.Flags == reported[i].flags);
    EXPECT(record.SessionId == reported[i].session);
    EXPECT(record.Sequence == i + 1 && record.BootId == statistics().BootId);
    EXPECT(record.SystemTime >= record.BootId && record.InterruptTime > before);
    before = record.InterruptTime;
  }
  for (ULONG length = 0; length < sizeof(IO_SESSION_CONNECT_INFO); length++) {
    char *cut = malloc(length); /* a read beyond it is detected */
    EXPECT(notify(&session, IoSessionEventConnected, cut, length));
    EXPECT(!(read_one(&first).Flags & SB_FLAG_PAYLOAD));
    free(cut);
  }
  EXPECT(notify(NULL, IoSessionEventCreated, NULL, 0)); /* the system's call fails */
  EXPECT(read_one(&first).SessionId == SB_NO_SESSION);
  close_file(&first);
}

static void completes_the_oldest_read(void) {
  PIRP reads[3];
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  for (int i = 0; i < 3; i++) {
    reads[i] = pend(&first);
  }
  publish(4);
  for (int i = 0; i < 3; i++) {
    EXPECT(record_of(reads[i])->Sequence == (ULONGLONG)i + 1);
    release(reads[i]);
  }
  EXPECT(read_one(&first).Sequence == 4);
  close_file(&first);
}

static void limits_pending_reads(void) {
  PIRP reads[SB_MOST_PENDING];
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  for (int i = 0; i < SB_MOST_PENDING; i++) {
    reads[i] = pend(&first);
  }
  EXPECT(control(&first, SB_IOCTL_READ, NULL, 0, NULL, 64) == STATUS_INSUFFICIENT_RESOURCES);
  EXPECT(statistics().Pending == SB_MOST_PENDING);
  close_file(&first);
  for (int i = 0; i < SB_MOST_PENDING; i++) {
    EXPECT(is_done(reads[i]) && reads[i]->IoStatus.Status == STATUS_CANCELLED);
    release(reads[i]);
  }
}

static void reads_many_at_once(void) {
  SB_RECORD records[SB_MOST_RECORDS + 1];
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  publish(100);
  EXPECT(control(&first, SB_IOCTL_READ, NULL, 0, records, 3 * 64 + 63) == STATUS_SUCCESS);
  EXPECT(records[2].Sequence == 3 && statistics().Queued == 97);
  EXPECT(control(&first, SB_IOCTL_READ, NULL, 0, records, sizeof records) == STATUS_SUCCESS);
  EXPECT(records[63].Sequence == 67 && statistics().NextRead == 68);
  close_file(&first);
}

static void publish_a_ring(void) { publish(SB_CAPACITY); }

static void copies_before_others_overwrite(void) {
  SB_RECORD records[3];
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  publish(3);
  after_release = publish_a_ring;
  EXPECT(control(&first, SB_IOCTL_READ, NULL, 0, records, sizeof records) == STATUS_SUCCESS);
  for (int i = 0; i < 3; i++) {
    EXPECT(records[i].Sequence == (ULONGLONG)i + 1);
  }
  close_file(&first);
}

static void counts_overwritten_records(void) {
  SB_STATISTICS now;
  SB_RECORD record;
  publish(SB_CAPACITY + 44);
  now = statistics();
  EXPECT(now.Published == SB_CAPACITY + 44 && now.Queued == SB_CAPACITY && now.Lost == 44);
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  record = read_one(&first);
  EXPECT(record.Sequence == 45 && record.Lost == 0);
  for (ULONGLONG next = 46; next <= now.Published; next++) {
    record = read_one(&first);
    EXPECT(record.Sequence == next);
  }
  EXPECT(record.Lost == 44 && statistics().Lost == 44);
  close_file(&first);
}

static void resumes_where_the_reader_stopped(void) {
  ULONGLONG boot = statistics().BootId;
  publish(10);
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  for (int i = 0; i < 8; i++) {
    read_one(&first);
  }
  close_file(&first);
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS && read_one(&first).Sequence == 9);
  EXPECT(attach(&first, boot, 5) == STATUS_SUCCESS && read_one(&first).Sequence == 6);
  EXPECT(attach(&first, boot + 1, 8) == STATUS_SUCCESS && read_one(&first).Sequence == 1);
  EXPECT(attach(&first, boot, ~0ull) == STATUS_SUCCESS && statistics().Queued == 0);
  EXPECT(attach(&first, boot, 0) == STATUS_SUCCESS && read_one(&first).Sequence == 1);
  publish(SB_CAPACITY);
  EXPECT(attach(&first, boot, 4) == STATUS_SUCCESS && read_one(&first).Sequence == 11);
  close_file(&first);
}

static void refuses_a_read_that_is_already_cancelled(void) {
  PIRP irp = request(&first, SB_IOCTL_READ, NULL, 0, 64);
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  cancel(irp);
  EXPECT(dispatch(IRP_MJ_DEVICE_CONTROL, irp) == STATUS_CANCELLED);
  EXPECT(is_done(irp) && irp->IoStatus.Status == STATUS_CANCELLED);
  release(irp);
  close_file(&first);
}

static void forgets_a_cancelled_read(void) {
  PIRP read;
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  read = pend(&first);
  cancel(read);
  EXPECT(is_done(read) && read->IoStatus.Status == STATUS_CANCELLED);
  release(read);
  publish(1);
  EXPECT(statistics().Queued == 1 && read_one(&first).Sequence == 1);
  close_file(&first);
}

static void survives_a_record_between_cancel_and_its_routine(void) {
  PIRP one, two;
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  one = pend(&first);
  two = pend(&first);
  before_cancel_routine = publish_one;
  cancel(one);
  EXPECT(is_done(one) && one->IoStatus.Status == STATUS_CANCELLED);
  EXPECT(record_of(two)->Sequence == 1);
  EXPECT(statistics().Pending == 0);
  publish(1);
  EXPECT(read_one(&first).Sequence == 2);
  release(one);
  release(two);
  close_file(&first);
}

static void survives_a_close_without_cleanup(void) {
  PIRP read;
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  read = pend(&first);
  EXPECT(file_call(IRP_MJ_CLOSE, &first) == STATUS_SUCCESS);
  EXPECT(is_done(read) && read->IoStatus.Status == STATUS_CANCELLED);
  release(read);
  publish(1);
  EXPECT(statistics().Queued == 1 && statistics().Reader == 0);
}

static _Atomic int asked, may_answer, unloaded;

static void hold_the_answer(void) {
  asked = 1;
  while (!may_answer) {
    usleep(100);
  }
}

static void *unload_thread(void *unused) {
  unload();
  unloaded = 1;
  return unused;
}

static void *notify_thread(void *unused) {
  publish(1);
  return unused;
}

static void unloads_after_running_notifications(void) {
  pthread_t notifier, unloader;
  PIRP read;
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  read = pend(&first);
  asked = may_answer = unloaded = 0;
  while_asked = hold_the_answer;
  pthread_create(&notifier, NULL, notify_thread, NULL);
  while (!asked) {
    usleep(100);
  }
  pthread_create(&unloader, NULL, unload_thread, NULL);
  while (is_registered()) {
    usleep(100);
  }
  usleep(20000);
  EXPECT(!unloaded && !is_deleted);
  may_answer = 1;
  pthread_join(notifier, NULL);
  pthread_join(unloader, NULL);
  while_asked = NULL;
  EXPECT(record_of(read)->Sequence == 1);
  release(read);
}

static void unloads_with_pending_reads(void) {
  PIRP read;
  EXPECT(attach(&first, 0, 0) == STATUS_SUCCESS);
  read = pend(&first);
  unload();
  EXPECT(is_done(read) && read->IoStatus.Status == STATUS_CANCELLED);
  EXPECT(!notify(&session, IoSessionEventCreated, NULL, 0));
  release(read);
}

static void works_without_a_registration(void) {
  EXPECT(!is_registered() && !notify(&session, IoSessionEventCreated, NULL, 0));
  EXPECT(statistics().Registered == 0);
  EXPECT(statistics().RegisterStatus == STATUS_INSUFFICIENT_RESOURCES);
}

static void run(const char *name, void (*test)(void)) {
  load();
  test();
  if (!is_deleted) {
    unload();
  }
  printf("ok %s\n", name);
}
#define RUN(test) run(#test, test)

void run_cases(void) {
  RUN(returns_version_and_statistics);
  RUN(attaches_one_reader);
  RUN(records_notifications);
  RUN(completes_the_oldest_read);
  RUN(limits_pending_reads);
  RUN(reads_many_at_once);
  RUN(copies_before_others_overwrite);
  RUN(counts_overwritten_records);
  RUN(resumes_where_the_reader_stopped);
  RUN(refuses_a_read_that_is_already_cancelled);
  RUN(forgets_a_cancelled_read);
  RUN(survives_a_record_between_cancel_and_its_routine);
  RUN(survives_a_close_without_cleanup);
  RUN(unloads_after_running_notifications);
  RUN(unloads_with_pending_reads);
  register_status = STATUS_INSUFFICIENT_RESOURCES;
  RUN(works_without_a_registration);
  register_status = STATUS_SUCCESS;
}
