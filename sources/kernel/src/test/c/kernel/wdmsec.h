/* Part of ntddk.h here. */
#include <ntddk.h>
