/*
 * Plays the event log, of which Wine keeps nothing. An agent for a Java virtual machine:
 * -agentpath:evthook.dll=FILE.
 *
 * It replaces the beginnings of RegisterEventSourceW, ReportEventW and DeregisterEventSource by
 * jumps to itself. Each entry becomes a line of FILE in UTF-8, with tabs between its parts:
 *
 *   SOURCE TYPE CATEGORY ID SID STRING...
 *
 * where - stands for no SID. Windows' limits apply: error 1734 for a string of more than 31,839
 * characters, error 6 for a closed handle. While there is FILE.fail, opening and writing fail with
 * the number in it.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>
/* after windows.h, on which it builds */
#include <sddl.h>

#define PATCH_BYTES 14
#define LONGEST 31839

static char file[MAX_PATH];
static wchar_t source[256];
static char is_open[4096]; /* by handle */
static int handles;

static DWORD failure(void) {
  char name[MAX_PATH + 8];
  unsigned error = 0;
  snprintf(name, sizeof name, "%s.fail", file);
  FILE *in = fopen(name, "r");
  if (in != NULL) {
    if (fscanf(in, "%u", &error) != 1) {
      error = 0;
    }
    fclose(in);
  }
  return error;
}

static HANDLE WINAPI register_source(LPCWSTR server, LPCWSTR name) {
  (void)server;
  DWORD error = failure();
  if (error != 0) {
    SetLastError(error);
    return NULL;
  }
  wcsncpy(source, name, 255);
  handles = handles % 4095 + 1;
  is_open[handles] = 1;
  return (HANDLE)(ULONG_PTR)handles;
}

static void put(FILE *out, const wchar_t *text) {
  static char utf8[4 * LONGEST + 4];
  WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof utf8, NULL, NULL);
  fprintf(out, "%s", utf8);
}

static BOOL known(HANDLE log) {
  return (ULONG_PTR)log < sizeof is_open && is_open[(ULONG_PTR)log];
}

static BOOL WINAPI report(HANDLE log, WORD type, WORD category, DWORD id, PSID user, WORD count,
                          DWORD bytes, LPCWSTR *strings, LPVOID data) {
  (void)data;
  DWORD error = failure();
  if (!known(log)) {
    error = ERROR_INVALID_HANDLE;
  }
  for (int i = 0; error == 0 && i < count; i++) {
    error = wcslen(strings[i]) > LONGEST ? 1734 : 0;
  }
  if (error != 0 || bytes != 0) {
    SetLastError(error);
    return FALSE;
  }
  FILE *out = fopen(file, "ab");
  put(out, source);
  fprintf(out, "\t%u\t%u\t%lu\t", type, category, (unsigned long)id);
  LPWSTR sid = NULL;
  if (user == NULL || !ConvertSidToStringSidW(user, &sid)) {
    fprintf(out, "-");
  } else {
    put(out, sid);
    LocalFree(sid);
  }
  for (int i = 0; i < count; i++) {
    fprintf(out, "\t");
    put(out, strings[i]);
  }
  fprintf(out, "\n");
  fclose(out);
  return TRUE;
}

static BOOL WINAPI deregister_source(HANDLE log) {
  if (!known(log)) {
    return FALSE;
  }
  is_open[(ULONG_PTR)log] = 0;
  return TRUE;
}

static int replace(const char *name, void *target) {
  unsigned char jump[PATCH_BYTES] = {0xFF, 0x25}; /* jmp [rip + 0], and there is the address */
  DWORD before;
  void *original = (void *)GetProcAddress(LoadLibraryA("advapi32.dll"), name);
  if (original == NULL) {
    return 0;
  }
  memcpy(jump + 6, &target, sizeof target);
  VirtualProtect(original, PATCH_BYTES, PAGE_EXECUTE_READWRITE, &before);
  memcpy(original, jump, PATCH_BYTES);
  VirtualProtect(original, PATCH_BYTES, before, &before);
  FlushInstructionCache(GetCurrentProcess(), original, PATCH_BYTES);
  return 1;
}

/* jvmti.h: what Java calls when it starts. */
__declspec(dllexport) int __stdcall Agent_OnLoad(void *machine, char *options, void *reserved) {
  (void)machine;
  (void)reserved;
  strncpy(file, options == NULL ? "events.tsv" : options, sizeof file - 1);
  return !(replace("RegisterEventSourceW", (void *)register_source) &&
           replace("ReportEventW", (void *)report) &&
           replace("DeregisterEventSource", (void *)deregister_source));
}
