/* Concurrent publishers and readers; afterwards the counters must balance. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "machine.h"

#define PUBLISHERS 2
#define READERS 4
#define MOST_READS 8
#define MOST_SEEN (1u << 23)

static FILE_OBJECT files[2];
static _Atomic int stop, is_trickle;
static _Atomic unsigned long published, delivered, cancelled, refused, closed;
static _Atomic unsigned char *seen;

static void *publisher(void *argument) {
  unsigned seed = (unsigned)(uintptr_t)argument;
  while (!stop && published < MOST_SEEN - PUBLISHERS) {
    IO_SESSION_STATE_INFORMATION now = {rand_r(&seed) % 100, IoSessionStateLoggedOn, 1};
    IO_SESSION_CONNECT_INFO paid = {now.SessionId, 0};
    RULE(notify(&now, 1 + rand_r(&seed) % 6, &paid, sizeof paid), "the registration is gone");
    published++;
    if (is_trickle) {
      usleep(rand_r(&seed) % 100);
    } else if (rand_r(&seed) % 64 == 0) {
      sched_yield();
    }
  }
  return NULL;
}

static void take(PIRP irp) {
  SB_RECORD *records = irp->AssociatedIrp.SystemBuffer;
  ULONG count = (ULONG)(irp->IoStatus.Information / sizeof *records);
  if (irp->IoStatus.Status != STATUS_SUCCESS) {
    RULE(irp->IoStatus.Information == 0, "a failed read returns something");
    cancelled += irp->IoStatus.Status == STATUS_CANCELLED;
    refused += irp->IoStatus.Status == STATUS_INVALID_DEVICE_STATE;
    return;
  }
  RULE(count > 0 && count * sizeof *records == irp->IoStatus.Information, "half a record");
  for (ULONG i = 0; i < count; i++) {
    RULE(records[i].Size == sizeof *records, "a record is damaged");
    RULE(records[i].Sequence == records[0].Sequence + i, "a record is not the next one");
    RULE(records[i].Sequence < MOST_SEEN, "a number is too large");
    RULE(atomic_fetch_add(&seen[records[i].Sequence], 1) == 0, "a record is delivered twice");
  }
  delivered += count;
}

static void become_reader(PFILE_OBJECT file) {
  SB_ATTACH attach = {SB_ABI_VERSION, sizeof attach, 0, 0};
  NTSTATUS status = control(file, SB_IOCTL_ATTACH, &attach, sizeof attach, NULL, 0);
  RULE(status == STATUS_SUCCESS || status == STATUS_SHARING_VIOLATION ||
           status == STATUS_DEVICE_BUSY,
       "attaching fails");
}

static void *reader(void *argument) {
  unsigned seed = 1000 + (unsigned)(uintptr_t)argument;
  while (!stop) {
    PFILE_OBJECT file = &files[rand_r(&seed) % 16 == 0];
    PIRP reads[MOST_READS];
    int count = 1 + rand_r(&seed) % MOST_READS;
    become_reader(file);
    for (int i = 0; i < count; i++) {
      NTSTATUS status;
      reads[i] = request(file, SB_IOCTL_READ, NULL, 0,
                         (1 + rand_r(&seed) % 70) * (ULONG)sizeof(SB_RECORD));
      status = dispatch(IRP_MJ_DEVICE_CONTROL, reads[i]);
      RULE((status == STATUS_PENDING) == reads[i]->Marked, "pending is reported wrongly");
    }
    if (rand_r(&seed) % 3 == 0) {
      usleep(rand_r(&seed) % 80);
    }
    if (rand_r(&seed) % 2) {
      for (int i = 0; i < count; i++) {
        cancel(reads[i]); /* some are already done, as happens with a real program */
      }
    } else {
      file_call(rand_r(&seed) % 2 ? IRP_MJ_CLEANUP : IRP_MJ_CLOSE, file);
      closed++;
    }
    for (int i = 0; i < count; i++) {
      cancel(reads[i]); /* reads of the other handle, which was not closed */
      await_done(reads[i]);
      take(reads[i]);
      release(reads[i]);
    }
  }
  return NULL;
}

void run_storm(unsigned milliseconds) {
  pthread_t threads[PUBLISHERS + READERS];
  SB_STATISTICS end;
  seen = calloc(MOST_SEEN, 1);
  load();
  for (uintptr_t i = 0; i < PUBLISHERS + READERS; i++) {
    pthread_create(&threads[i], NULL, i < PUBLISHERS ? publisher : reader, (void *)(i + 1));
  }
  usleep(milliseconds * 500);
  is_trickle = 1;
  usleep(milliseconds * 500);
  stop = 1;
  for (int i = 0; i < PUBLISHERS + READERS; i++) {
    pthread_join(threads[i], NULL);
  }
  end = statistics();
  printf("storm: published %lu = delivered %lu + lost %llu + queued %u; cancelled %lu,"
         " refused %lu, closed %lu\n",
         published, delivered, (unsigned long long)end.Lost, end.Queued, cancelled, refused,
         closed);
  RULE(end.Published == published, "the driver counts a different number of records");
  RULE(published == delivered + end.Lost + end.Queued, "the counters do not balance");
  RULE(end.Pending == 0, "a read is left");
  RULE(delivered > 1000 && cancelled > 100 && closed > 100, "the storm did too little");
  unload();
  free((void *)seen);
}
