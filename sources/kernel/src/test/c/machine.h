/* The simulated machine around the driver: the I/O manager and the programs that use it. */
#ifndef MACHINE_H
#define MACHINE_H

#include <ntddk.h>

#include "sessionbridge.h"

extern DRIVER_OBJECT driver;
extern NTSTATUS register_status; /* what the next registration returns */
extern int is_deleted;           /* whether the device is gone */

/* Called after a request loses its cancel routine and before that routine is called. */
extern void (*before_cancel_routine)(void);
/* Called once, after the driver's next release of a spin lock. */
extern void (*after_release)(void);
/* Called while a notification queries a session. */
extern void (*while_asked)(void);

void load(void);
void unload(void);
int is_registered(void);
int notify(IO_SESSION_STATE_INFORMATION *session, ULONG event, const void *payload, ULONG length);

/* A request with the given input, and a buffer of `room` bytes for the answer. */
PIRP request(PFILE_OBJECT file, ULONG code, const void *given, ULONG length, ULONG room);
NTSTATUS dispatch(int major, PIRP irp);
void cancel(PIRP irp);
int is_done(PIRP irp);
void await_done(PIRP irp);
void release(PIRP irp);
NTSTATUS control(PFILE_OBJECT file, ULONG code, const void *given, ULONG length, void *answer,
                 ULONG room);
NTSTATUS file_call(int major, PFILE_OBJECT file);
SB_STATISTICS statistics(void);

#endif
