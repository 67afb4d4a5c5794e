/* The machine round the driver: what the I/O manager and programs do with it. */
#ifndef MACHINE_H
#define MACHINE_H

#include <ntddk.h>

#include "sessionbridge.h"

extern DRIVER_OBJECT driver;
extern NTSTATUS register_status; /* what the next registration gets */
extern int is_deleted;           /* whether the device is gone */

/* Called between the moment in which a request loses its cancel routine and the call of that. */
extern void (*before_cancel_routine)(void);
/* Called once, when the driver has released a spin lock the next time. */
extern void (*after_release)(void);
/* Called while a notification asks for a session. */
extern void (*while_asked)(void);

void load(void);
void unload(void);
int is_registered(void);
int notify(IO_SESSION_STATE_INFORMATION *session, ULONG event, const void *payload, ULONG length);

/* A request, with what a program gives and a buffer with room for the answer. */
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
