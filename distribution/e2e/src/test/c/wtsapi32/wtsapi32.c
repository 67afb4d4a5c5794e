/*
 * Plays the sessions of Windows for tests under Wine, which has one session and knows no lock.
 *
 * Beside this library lies sessions.txt. It holds a session a line, and is read at each call:
 *
 *   ID STATE LOCKED LOGON DOMAIN USER
 *
 * STATE is a WTS_CONNECTSTATE_CLASS, LOCKED is 1 or 0, LOGON is a FILETIME as a number. DOMAIN and
 * USER are plain ASCII; "-" stands for none.
 */
#define _WIN32_WINNT 0x0601
#define __USE_MINGW_ANSI_STDIO 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define SESSIONS 64
#define STATION L"Console"

enum {
  USER_NAME = 5,
  STATION_NAME = 6,
  DOMAIN_NAME = 7,
  CONNECT_STATE = 8,
  CLIENT_NAME = 10,
  PROTOCOL_TYPE = 16,
  INFO_EX = 25,
  IS_REMOTE = 29
};

struct session {
  DWORD id;
  int state;
  int locked;
  LONGLONG logon;
  WCHAR domain[18];
  WCHAR user[21];
};

/* WTS_SESSION_INFOW */
struct listed {
  DWORD id;
  WCHAR *station;
  int state;
};

/* WTSINFOEXW of level 1 */
struct information {
  DWORD level;
  DWORD unused;
  DWORD id;
  int state;
  LONG flags;
  WCHAR station[33];
  WCHAR user[21];
  WCHAR domain[18];
  LONGLONG logon;
  LONGLONG connect;
  LONGLONG disconnect;
  LONGLONG last_input;
  LONGLONG current;
  DWORD counters[6];
};

_Static_assert(sizeof(struct information) == 232, "as Windows has it");

static HINSTANCE library;

BOOL WINAPI DllMain(HINSTANCE dll, DWORD reason, void *reserved) {
  (void)reason;
  (void)reserved;
  library = dll;
  return TRUE;
}

static void widen(const char *from, WCHAR *to, int size) {
  if (strcmp(from, "-") == 0) {
    from = "";
  }
  int i = 0;
  for (; from[i] != 0 && i < size - 1; i++) {
    to[i] = (WCHAR)(unsigned char)from[i];
  }
  to[i] = 0;
}

static int read_sessions(struct session *sessions) {
  WCHAR path[MAX_PATH + 16];
  DWORD length = GetModuleFileNameW(library, path, MAX_PATH);
  while (length > 0 && path[length - 1] != '\\') {
    length--;
  }
  wcscpy(path + length, L"sessions.txt");
  FILE *file = _wfopen(path, L"rb");
  if (file == NULL) {
    return 0;
  }
  int count = 0;
  char domain[64], user[64];
  struct session *next = sessions;
  while (count < SESSIONS &&
         fscanf(file, "%lu %d %d %lld %63s %63s", &next->id, &next->state, &next->locked,
                &next->logon, domain, user) == 6) {
    widen(domain, next->domain, 18);
    widen(user, next->user, 21);
    count++;
    next++;
  }
  fclose(file);
  return count;
}

__declspec(dllexport) BOOL WINAPI WTSEnumerateSessionsW(HANDLE server, DWORD reserved,
                                                        DWORD version, struct listed **list,
                                                        DWORD *count) {
  (void)server;
  (void)reserved;
  (void)version;
  struct session sessions[SESSIONS];
  int found = read_sessions(sessions);
  *list = calloc(found + 1, sizeof **list);
  *count = found;
  for (int i = 0; i < found; i++) {
    (*list)[i].id = sessions[i].id;
    (*list)[i].station = STATION;
    (*list)[i].state = sessions[i].state;
  }
  return TRUE;
}

static BOOL answer(void **buffer, DWORD *bytes, const void *data, DWORD size) {
  *buffer = malloc(size);
  memcpy(*buffer, data, size);
  *bytes = size;
  return TRUE;
}

static BOOL answer_text(void **buffer, DWORD *bytes, const WCHAR *text) {
  return answer(buffer, bytes, text, (DWORD)((wcslen(text) + 1) * sizeof *text));
}

/* Windows 7 says 1 for locked, all others say 0. */
static LONG flags(int locked) {
  OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof version};
  LONG(WINAPI * get_version)(OSVERSIONINFOW *) =
      (void *)GetProcAddress(GetModuleHandleA("ntdll"), "RtlGetVersion");
  get_version(&version);
  BOOL seven = version.dwMajorVersion == 6 && version.dwMinorVersion == 1;
  return seven ? locked : !locked;
}

static BOOL answer_information(void **buffer, DWORD *bytes, const struct session *session) {
  struct information all = {.level = 1,
                            .id = session->id,
                            .state = session->state,
                            .flags = flags(session->locked),
                            .station = STATION,
                            .logon = session->logon};
  wcscpy(all.user, session->user);
  wcscpy(all.domain, session->domain);
  return answer(buffer, bytes, &all, sizeof all);
}

__declspec(dllexport) BOOL WINAPI WTSQuerySessionInformationW(HANDLE server, DWORD id, int what,
                                                              void **buffer, DWORD *bytes) {
  (void)server;
  struct session sessions[SESSIONS];
  int count = read_sessions(sessions);
  int i = 0;
  while (i < count && sessions[i].id != id) {
    i++;
  }
  if (i == count) {
    SetLastError(ERROR_FILE_NOT_FOUND);
    return FALSE;
  }
  const USHORT console = 0;
  switch (what) {
    case USER_NAME:
      return answer_text(buffer, bytes, sessions[i].user);
    case STATION_NAME:
      return answer_text(buffer, bytes, STATION);
    case DOMAIN_NAME:
      return answer_text(buffer, bytes, sessions[i].domain);
    case CONNECT_STATE:
      return answer(buffer, bytes, &sessions[i].state, sizeof sessions[i].state);
    case CLIENT_NAME:
      return answer_text(buffer, bytes, L"");
    case PROTOCOL_TYPE:
      return answer(buffer, bytes, &console, sizeof console);
    case INFO_EX:
      return answer_information(buffer, bytes, &sessions[i]);
    case IS_REMOTE:
      return answer(buffer, bytes, "", 1);
    default:
      SetLastError(ERROR_NOT_SUPPORTED);
      return FALSE;
  }
}

__declspec(dllexport) void WINAPI WTSFreeMemory(void *memory) { free(memory); }

/* As for an account that is not LocalSystem. */
__declspec(dllexport) BOOL WINAPI WTSQueryUserToken(ULONG id, HANDLE *token) {
  (void)id;
  (void)token;
  SetLastError(ERROR_PRIVILEGE_NOT_HELD);
  return FALSE;
}

__declspec(dllexport) BOOL WINAPI WTSRegisterSessionNotification(HWND window, DWORD flags) {
  (void)window;
  (void)flags;
  return TRUE;
}

__declspec(dllexport) BOOL WINAPI WTSUnRegisterSessionNotification(HWND window) {
  (void)window;
  return TRUE;
}
