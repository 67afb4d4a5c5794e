/* The command files. See fakees.h.
 *
 * FAKE_ES_DIR\NAME.cmd holds one line in UTF-8; its answer is in NAME.out a moment later. Files that
 * are there before the event system is first used are done before it answers. In a user's name
 * %XXXX is a UTF-16 unit, "-" the empty name, "*" a NULL pointer.
 *
 *   mode auto|vtable|invoke|marshal
 *   fire 1 METHOD USER | fire 2 METHOD SESSION USER     OK, the number of sinks, each one's HRESULT
 *   storm COUNT THREADS [PADDING]                       OK, how many were delivered, how long it took
 *   async COMMAND                                       the answer goes to log.txt
 *   onremove COMMAND                                    during the next Remove
 *   late 1 METHOD USER | late 2 METHOD SESSION USER     after the next Remove, as if under way
 *   storefail HRESULT COUNT, removefail ..., createfail ...
 *   list, probe
 */
#include "fakees.h"
#include <stdio.h>
#include <stdlib.h>

static BSTR decoded(const WCHAR *text) {
  BSTR user;
  UINT length = 0;
  if (lstrcmpW(text, L"*") == 0) return NULL;
  if (lstrcmpW(text, L"-") == 0) return SysAllocString(L"");
  user = SysAllocStringLen(NULL, lstrlenW(text));
  while (*text) {
    if (*text == '%') {
      WCHAR digits[5];
      lstrcpynW(digits, text + 1, 5);
      user[length++] = (WCHAR)wcstoul(digits, NULL, 16);
      text += 1 + lstrlenW(digits);
    } else {
      user[length++] = *text++;
    }
  }
  BSTR exact = SysAllocStringLen(user, length);
  SysFreeString(user);
  return exact;
}

/* "1 METHOD USER" or "2 METHOD SESSION USER". */
static BOOL parse_event(const WCHAR *text, Event *event) {
  WCHAR method[32];
  int consumed = 0;
  event->sens = text[0] == '2' ? SENS_LOGON2 : SENS_LOGON;
  event->session = 0;
  if (event->sens == SENS_LOGON) {
    if (swscanf(text, L"1 %31ls %n", method, &consumed) != 1) return FALSE;
  } else if (swscanf(text, L"2 %31ls %lu %n", method, &event->session, &consumed) != 2) {
    return FALSE;
  }
  for (event->method = 0; event->method < SENS[event->sens].methods; event->method++) {
    if (lstrcmpW(method, SENS[event->sens].names[event->method]) == 0) {
      event->user = decoded(text + consumed);
      return TRUE;
    }
  }
  return FALSE;
}

static DWORD WINAPI run_async(void *parameter) {
  WCHAR *line = parameter;
  char reply[512];
  CoInitializeEx(NULL, COINIT_MULTITHREADED);
  command_run(line, reply, sizeof reply);
  note("%ls: %s", line, reply);
  CoUninitialize();
  free(line);
  return 0;
}

static const WCHAR *after(const WCHAR *line, const WCHAR *word) {
  int length = lstrlenW(word);
  return wcsncmp(line, word, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

static BOOL fail_command(const WCHAR *line, const WCHAR *word, void set(HRESULT, int)) {
  unsigned long result;
  int count;
  const WCHAR *rest = after(line, word);
  if (!rest || swscanf(rest, L"%lx %d", &result, &count) != 2) return FALSE;
  set((HRESULT)result, count);
  return TRUE;
}

void command_run(const WCHAR *line, char *reply, int size) {
  const WCHAR *rest;
  Event event;
  int count, threads, padding = 0;
  snprintf(reply, size, "OK");
  if ((rest = after(line, L"mode"))) {
    char name[16];
    snprintf(name, sizeof name, "%ls", rest);
    if (!fire_mode(name)) snprintf(reply, size, "ERROR mode %s", name);
  } else if ((rest = after(line, L"fire")) && parse_event(rest, &event)) {
    fire(&event, reply, size);
    SysFreeString(event.user);
  } else if ((rest = after(line, L"late")) && parse_event(rest, &event)) {
    store_late_on_remove(&event);
    SysFreeString(event.user);
  } else if ((rest = after(line, L"storm")) && swscanf(rest, L"%d %d %d", &count, &threads, &padding) >= 2) {
    storm(count, threads, padding, reply, size);
  } else if ((rest = after(line, L"async"))) {
    CloseHandle(CreateThread(NULL, 0, run_async, _wcsdup(rest), 0, NULL));
  } else if ((rest = after(line, L"onremove"))) {
    store_on_remove(rest);
  } else if (fail_command(line, L"storefail", store_fail_store) ||
             fail_command(line, L"removefail", store_fail_remove) ||
             fail_command(line, L"createfail", store_fail_create)) {
    return;
  } else if (lstrcmpW(line, L"list") == 0) {
    store_list(reply, size);
  } else if (lstrcmpW(line, L"probe") == 0) {
    probe(reply, size);
  } else {
    snprintf(reply, size, "ERROR unknown command");
  }
}

static BOOL read_line(const WCHAR *path, WCHAR *line, int size) {
  char bytes[1024];
  DWORD length = 0;
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return FALSE;
  ReadFile(file, bytes, sizeof bytes, &length, NULL);
  CloseHandle(file);
  while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) length--;
  line[MultiByteToWideChar(CP_UTF8, 0, bytes, length, line, size - 1)] = 0;
  return TRUE;
}

static void answer(const WCHAR *path, const char *reply) {
  WCHAR unfinished[MAX_PATH + 64];
  DWORD written;
  HANDLE file;
  swprintf(unfinished, MAX_PATH + 64, L"%ls.new", path);
  file = CreateFileW(unfinished, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  WriteFile(file, reply, lstrlenA(reply), &written, NULL);
  CloseHandle(file);
  MoveFileExW(unfinished, path, MOVEFILE_REPLACE_EXISTING);
}

/* Does what the waiting files say. */
static void run_waiting(void) {
  WCHAR pattern[MAX_PATH + 16];
  WIN32_FIND_DATAW found;
  HANDLE search;
  swprintf(pattern, MAX_PATH + 16, L"%ls\\*.cmd", folder());
  search = FindFirstFileW(pattern, &found);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    WCHAR path[MAX_PATH * 2], line[1024];
    char reply[1024];
    swprintf(path, MAX_PATH * 2, L"%ls\\%ls", folder(), found.cFileName);
    if (!read_line(path, line, 1024)) continue;
    DeleteFileW(path);
    command_run(line, reply, sizeof reply);
    lstrcpyW(path + lstrlenW(path) - 4, L".out");
    answer(path, reply);
  } while (FindNextFileW(search, &found));
  FindClose(search);
}

static DWORD WINAPI run_commands(void *parameter) {
  (void)parameter;
  CoInitializeEx(NULL, COINIT_MULTITHREADED);
  while (1) {
    run_waiting();
    Sleep(20);
  }
  return 0;
}

void commands_start(void) {
  if (!folder()[0]) return;
  run_waiting();
  CloseHandle(CreateThread(NULL, 0, run_commands, NULL, 0, NULL));
}
