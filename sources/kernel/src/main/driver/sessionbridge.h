/*
 * The interface between the driver and its readers. Every number is little-endian; every structure
 * has the same layout in C and in the readers, which rely on the offsets in the comments.
 *
 * Versions: a driver serves every reader whose version is between OldestVersion and Version. A
 * structure only grows at its end; Size is its length. The minimum length of a request stays that
 * of version 1, so that older readers are served.
 */
#ifndef SESSIONBRIDGE_H
#define SESSIONBRIDGE_H

#define SB_ABI_VERSION 1
#define SB_ABI_OLDEST 1

/* Records that the driver keeps, read or not; the oldest is overwritten. */
#define SB_CAPACITY 1024
/* Maximum number of records per read. */
#define SB_MOST_RECORDS 64
/* Maximum number of pending reads. */
#define SB_MOST_PENDING 64

#define SB_DEVICE_NAME L"\\Device\\SessionBridge"
#define SB_LINK_NAME L"\\DosDevices\\SessionBridge"

/* Returns SB_VERSION. For every handle; readers call it first. */
#define SB_IOCTL_VERSION CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* Returns SB_STATISTICS. For every handle. */
#define SB_IOCTL_STATISTICS CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
/*
 * Makes the handle the reader, from SB_ATTACH on. STATUS_SHARING_VIOLATION if another handle
 * is the reader; STATUS_DEVICE_BUSY if this one has pending reads.
 */
#define SB_IOCTL_ATTACH CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_READ_ACCESS)
/*
 * Returns one SB_RECORD or more, in order; waits until there is one. STATUS_INVALID_DEVICE_STATE
 * if the handle is not the reader, STATUS_INSUFFICIENT_RESOURCES beyond SB_MOST_PENDING,
 * STATUS_CANCELLED when the handle is closed or the driver is unloaded.
 */
#define SB_IOCTL_READ CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_BUFFERED, FILE_READ_ACCESS)

typedef struct _SB_VERSION {      /* 16 bytes */
  ULONG Version;                  /*  0  SB_ABI_VERSION */
  ULONG OldestVersion;            /*  4  SB_ABI_OLDEST */
  ULONG Size;                     /*  8  of this structure */
  ULONG RecordSize;               /* 12  of SB_RECORD */
} SB_VERSION;

/*
 * Published = delivered + Lost + Queued, as long as no SB_ATTACH has moved NextRead: a record that
 * is read again counts twice, and a record that a reader skips does not count.
 */
typedef struct _SB_STATISTICS {   /* 64 bytes */
  ULONG Version;                  /*  0 */
  ULONG Size;                     /*  4 */
  ULONGLONG BootId;               /*  8  as in SB_RECORD */
  ULONGLONG Published;            /* 16  the number of the newest record, 0 if there is none */
  ULONGLONG NextRead;             /* 24  the number of the record that the next read returns */
  ULONGLONG Lost;                 /* 32  overwritten before they were read */
  ULONG Queued;                   /* 40  not read yet */
  ULONG Pending;                  /* 44  pending reads */
  ULONG Capacity;                 /* 48  SB_CAPACITY */
  ULONG Registered;               /* 52  1 if the driver is registered */
  LONG RegisterStatus;            /* 56  NTSTATUS of the registration */
  ULONG Reader;                   /* 60  1 if a handle is the reader */
} SB_STATISTICS;

typedef struct _SB_ATTACH {       /* 24 bytes */
  ULONG Version;                  /*  0  of the reader */
  ULONG Size;                     /*  4 */
  ULONGLONG BootId;               /*  8  0: resumes where the last reader stopped */
  ULONGLONG After;                /* 16  the last number that was read under this BootId */
} SB_ATTACH;

#define SB_FLAG_STATE 0x1u        /* SessionId and State come from the system's information */
#define SB_FLAG_LOCAL_KNOWN 0x2u  /* SB_FLAG_LOCAL is valid */
#define SB_FLAG_LOCAL 0x4u        /* console session, else remote */
#define SB_FLAG_PAYLOAD 0x8u      /* SessionId comes from the payload of the notification */

#define SB_NO_SESSION 0xffffffffu

typedef struct _SB_RECORD {       /* 64 bytes */
  ULONG Version;                  /*  0 */
  ULONG Size;                     /*  4 */
  ULONGLONG BootId;               /*  8  differs for each load of the driver */
  ULONGLONG Sequence;             /* 16  starts at 1 with each load; a jump is a loss */
  ULONGLONG SystemTime;           /* 24  100 ns since 1601, UTC */
  ULONGLONG InterruptTime;        /* 32  100 ns since the system started, sleep included */
  ULONGLONG Lost;                 /* 40  as in SB_STATISTICS, before this record */
  ULONG Event;                    /* 48  IO_SESSION_EVENT */
  ULONG SessionId;                /* 52  SB_NO_SESSION if unknown */
  ULONG State;                    /* 56  IO_SESSION_STATE, 0 if unknown */
  ULONG Flags;                    /* 60  SB_FLAG_* */
} SB_RECORD;

#endif
