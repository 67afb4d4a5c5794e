/*
 * Plays the service manager of Windows for what Wine's cannot say. An agent for a Java virtual
 * machine: -agentpath:scmhook.dll=FOLDER.
 *
 * It replaces the beginning of RegisterServiceCtrlHandlerExW by a jump to itself, keeps the handler
 * that a service registers, and calls it from a thread of its own as files FOLDER\*.cmd say:
 *
 *   send CONTROL TYPE HEX    one control; HEX are the bytes of its data, or - for a null pointer
 *   burst COUNT              session changes: codes 1 to 9 by turns, of sessions 1, 2, 3 ...
 *   find                     0 if the source wts has its window, which only this program can see
 *   post CODE SESSION        a session change to that window; 0 if it was posted
 *
 * with numbers in decimal. The data are overwritten after each call, as Windows may do. The answer
 * is in *.out: "RESULT MAX_US MEAN_US", the last result and how long the handler took.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#define PATCH_BYTES 14
#ifndef WM_WTSSESSION_CHANGE
#define WM_WTSSESSION_CHANGE 0x2B1
#endif

typedef SERVICE_STATUS_HANDLE(WINAPI *register_function)(LPCWSTR, LPHANDLER_FUNCTION_EX, LPVOID);

static char folder[MAX_PATH];
static register_function original;
static unsigned char saved[PATCH_BYTES];
static LPHANDLER_FUNCTION_EX handler;
static LPVOID handler_context;

static void patch(const unsigned char *bytes) {
  DWORD before;
  VirtualProtect((void *)original, PATCH_BYTES, PAGE_EXECUTE_READWRITE, &before);
  memcpy((void *)original, bytes, PATCH_BYTES);
  VirtualProtect((void *)original, PATCH_BYTES, before, &before);
  FlushInstructionCache(GetCurrentProcess(), (void *)original, PATCH_BYTES);
}

static double call(DWORD control, DWORD type, void *data, DWORD bytes, DWORD *result) {
  LARGE_INTEGER frequency, begin, end;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&begin);
  *result = handler(control, type, data, handler_context);
  QueryPerformanceCounter(&end);
  if (data != NULL) {
    memset(data, 0xDD, bytes);
  }
  return (end.QuadPart - begin.QuadPart) * 1e6 / frequency.QuadPart;
}

static double send_one(char *arguments, DWORD *result) {
  unsigned control, type;
  char hex[512];
  unsigned char data[256];
  DWORD bytes = 0;
  if (sscanf(arguments, "%u %u %511s", &control, &type, hex) != 3) {
    *result = (DWORD)-1;
    return 0;
  }
  for (char *digit = hex; digit[0] != '-' && digit[0] && digit[1]; digit += 2) {
    unsigned value;
    sscanf(digit, "%2x", &value);
    data[bytes++] = (unsigned char)value;
  }
  return call(control, type, bytes == 0 ? NULL : data, bytes, result);
}

static HWND find_window(void) {
  return FindWindowExW(HWND_MESSAGE, NULL, L"SessionBridge.Sessions.1", NULL);
}

static void carry_out(char *line, FILE *out) {
  double longest = 0, sum = 0;
  int count = 1;
  unsigned code, session;
  DWORD result = 0;
  if (sscanf(line, "burst %d", &count) == 1) {
    for (int i = 0; i < count; i++) {
      DWORD notification[2] = {sizeof notification, (DWORD)(1 + i)};
      double time =
          call(SERVICE_CONTROL_SESSIONCHANGE, 1 + i % 9, notification, sizeof notification, &result);
      longest = time > longest ? time : longest;
      sum += time;
    }
  } else if (strncmp(line, "send ", 5) == 0) {
    longest = sum = send_one(line + 5, &result);
  } else if (strncmp(line, "find", 4) == 0) {
    result = find_window() == NULL;
  } else if (sscanf(line, "post %u %u", &code, &session) == 2) {
    result = !PostMessageW(find_window(), WM_WTSSESSION_CHANGE, code, session);
  } else {
    result = (DWORD)-1;
  }
  fprintf(out, "%u %.1f %.1f\n", (unsigned)result, longest, sum / count);
}

static void read_file(const char *name) {
  char path[2 * MAX_PATH], answer[2 * MAX_PATH], part[2 * MAX_PATH], line[1024];
  snprintf(path, sizeof path, "%s\\%s", folder, name);
  snprintf(answer, sizeof answer, "%s\\%.*s.out", folder, (int)(strlen(name) - 4), name);
  snprintf(part, sizeof part, "%s.part", answer);
  FILE *in = fopen(path, "r");
  if (in == NULL) {
    return;
  }
  FILE *out = fopen(part, "w");
  while (fgets(line, sizeof line, in) != NULL) {
    carry_out(line, out);
  }
  fclose(out);
  fclose(in);
  DeleteFileA(path);
  MoveFileExA(part, answer, MOVEFILE_REPLACE_EXISTING);
}

static DWORD WINAPI watch(void *unused) {
  char pattern[2 * MAX_PATH];
  snprintf(pattern, sizeof pattern, "%s\\*.cmd", folder);
  for (;;) {
    WIN32_FIND_DATAA found;
    HANDLE search = FindFirstFileA(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) {
      Sleep(20);
      continue;
    }
    FindClose(search);
    read_file(found.cFileName);
  }
  return unused == NULL;
}

static SERVICE_STATUS_HANDLE WINAPI registered(
    LPCWSTR name, LPHANDLER_FUNCTION_EX function, LPVOID context) {
  patch(saved);
  handler = function;
  handler_context = context;
  SERVICE_STATUS_HANDLE handle = original(name, function, context);
  CloseHandle(CreateThread(NULL, 0, watch, NULL, 0, NULL));
  return handle;
}

/* jvmti.h: what Java calls when it starts. */
__declspec(dllexport) int __stdcall Agent_OnLoad(void *machine, char *options, void *reserved) {
  (void)machine;
  (void)reserved;
  unsigned char jump[PATCH_BYTES] = {0xFF, 0x25}; /* jmp [rip + 0], and there is the address */
  void *target = (void *)registered;
  strncpy(folder, options == NULL ? "." : options, sizeof folder - 1);
  original =
      (register_function)(void *)GetProcAddress(
          LoadLibraryA("advapi32.dll"), "RegisterServiceCtrlHandlerExW");
  if (original == NULL) {
    return 1;
  }
  memcpy(jump + 6, &target, sizeof target);
  memcpy(saved, (void *)original, PATCH_BYTES);
  patch(jump);
  return 0;
}
