/*
 * Plays the event log of Windows for tests under Wine, which has none.
 *
 * SESSIONBRIDGE_TEST_LOG names a folder. It holds a file for each channel: the channel's name with
 * "%4" for "/", and ".xml"; one Event element a line, oldest first. A channel without a file does not
 * exist; one whose file begins with "!" and a number cannot be opened, for that reason.
 *
 * Understands the structured queries of the library. Every handle is checked, and counted, so that a
 * test can tell whether all were closed.
 */
#define _WIN32_WINNT 0x0601
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winevt.h>

#define MARK 0x53424C47
#define LINE 65536
#define PATH 1024

enum kind { LOG = 1, RESULTS, EVENT };

struct object {
  DWORD mark;
  enum kind kind;
  char channel[PATH]; /* of a log */
  char **events;      /* of results; the newest first */
  int count;
  int next;
  char *xml; /* of an event */
};

static volatile LONG handles;

static struct object *make(enum kind kind) {
  struct object *made = calloc(1, sizeof *made);
  made->mark = MARK;
  made->kind = kind;
  InterlockedIncrement(&handles);
  return made;
}

static struct object *check(EVT_HANDLE handle, enum kind kind) {
  struct object *object = handle;
  if (object == NULL || object->mark != MARK || object->kind != kind) {
    SetLastError(ERROR_INVALID_HANDLE);
    return NULL;
  }
  return object;
}

/* The file of a channel; the error with which it cannot be opened. */
static DWORD find(const char *channel, FILE **file) {
  char path[2 * PATH];
  DWORD length = GetEnvironmentVariableA("SESSIONBRIDGE_TEST_LOG", path, PATH);
  char *end = path + length;
  *end++ = '\\';
  for (; *channel != 0 && end < path + sizeof path - 8; channel++) {
    if (*channel == '/') {
      *end++ = '%';
      *end++ = '4';
    } else {
      *end++ = *channel;
    }
  }
  strcpy(end, ".xml");
  *file = fopen(path, "rb");
  if (*file == NULL) {
    return ERROR_EVT_CHANNEL_NOT_FOUND;
  }
  int first = fgetc(*file);
  if (first == '!') {
    char number[16] = "";
    char *read = fgets(number, sizeof number, *file);
    fclose(*file);
    return read == NULL ? ERROR_READ_FAULT : (DWORD)atoi(number);
  }
  rewind(*file);
  return ERROR_SUCCESS;
}

static char *narrow(LPCWSTR text) {
  int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *bytes = malloc(length);
  WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, length, NULL, NULL);
  return bytes;
}

/* What follows the mark, up to one of the ends. */
static int copy_after(const char *text, const char *mark, const char *ends, char *to, size_t size) {
  const char *from = strstr(text, mark);
  if (from == NULL) {
    return 0;
  }
  from += strlen(mark);
  size_t length = strcspn(from, ends);
  if (length >= size) {
    length = size - 1;
  }
  memcpy(to, from, length);
  to[length] = 0;
  return 1;
}

/* Whether an event is selected by an expression. */
static int matches(const char *event, const char *expression) {
  char of_event[256], of_query[256], id[32];
  if (!copy_after(expression, "@Name='", "'", of_query, sizeof of_query) ||
      !copy_after(event, "Provider Name='", "'", of_event, sizeof of_event) ||
      strcmp(of_query, of_event) != 0) {
    return 0;
  }
  const char *number = strstr(event, "<EventID");
  sprintf(id, "EventID=%d", atoi(strchr(number, '>') + 1));
  const char *hit = strstr(expression, id);
  while (hit != NULL && hit[strlen(id)] >= '0' && hit[strlen(id)] <= '9') {
    hit = strstr(hit + 1, id);
  }
  if (hit == NULL) {
    return 0;
  }
  if (copy_after(expression, "EventRecordID &gt; ", "]", of_query, sizeof of_query)) {
    const char *record = strstr(event, "<EventRecordID>");
    return strtoull(record + strlen("<EventRecordID>"), NULL, 10) > strtoull(of_query, NULL, 10);
  }
  return copy_after(expression, "@SystemTime &gt;= '", "Z'", of_query, sizeof of_query) &&
         copy_after(event, "SystemTime='", "Z'", of_event, sizeof of_event) &&
         strcmp(of_event, of_query) >= 0;
}

static int is_any(const char *event, char **expressions, int count) {
  for (int i = 0; i < count; i++) {
    if (matches(event, expressions[i])) {
      return 1;
    }
  }
  return 0;
}

EVT_HANDLE WINAPI EvtOpenLog(EVT_HANDLE session, LPCWSTR path, DWORD flags) {
  FILE *file;
  char *channel = narrow(path);
  DWORD error = session != NULL || flags != EvtOpenChannelPath ? ERROR_INVALID_PARAMETER
                                                               : find(channel, &file);
  if (error != ERROR_SUCCESS) {
    free(channel);
    SetLastError(error);
    return NULL;
  }
  fclose(file);
  struct object *log = make(LOG);
  strncpy(log->channel, channel, PATH - 1);
  free(channel);
  return log;
}

BOOL WINAPI EvtGetLogInfo(EVT_HANDLE handle, EVT_LOG_PROPERTY_ID property, DWORD size,
                          PEVT_VARIANT value, PDWORD used) {
  static char line[LINE];
  struct object *log = check(handle, LOG);
  FILE *file;
  if (log == NULL || find(log->channel, &file) != ERROR_SUCCESS) {
    return FALSE;
  }
  ULONGLONG oldest = 0, count = 0;
  while (fgets(line, LINE, file) != NULL) {
    if (count == 0) {
      oldest = strtoull(strstr(line, "<EventRecordID>") + strlen("<EventRecordID>"), NULL, 10);
    }
    count++;
  }
  fclose(file);
  *used = sizeof *value;
  if (size < sizeof *value) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return FALSE;
  }
  value->Type = EvtVarTypeUInt64;
  value->UInt64Val = property == EvtLogOldestRecordNumber ? oldest : count;
  return TRUE;
}

EVT_HANDLE WINAPI EvtQuery(EVT_HANDLE session, LPCWSTR path, LPCWSTR query, DWORD flags) {
  static char line[LINE];
  char channel[PATH], *expressions[32];
  char *text = narrow(query);
  int count = 0;
  FILE *file;
  if (session != NULL || path != NULL ||
      flags != (EvtQueryChannelPath | EvtQueryReverseDirection) ||
      !copy_after(text, "<Select Path=\"", "\"", channel, sizeof channel)) {
    free(text);
    SetLastError(ERROR_EVT_INVALID_QUERY);
    return NULL;
  }
  DWORD error = find(channel, &file);
  if (error != ERROR_SUCCESS) {
    free(text);
    SetLastError(error);
    return NULL;
  }
  for (char *next = strstr(text, "<Select "); next != NULL && count < 32;) {
    char *end = strstr(next, "</Select>");
    expressions[count++] = next;
    *end = 0;
    next = strstr(end + 1, "<Select ");
  }
  struct object *results = make(RESULTS);
  while (fgets(line, LINE, file) != NULL) {
    line[strcspn(line, "\r\n")] = 0;
    if (is_any(line, expressions, count)) {
      results->events = realloc(results->events, (results->count + 1) * sizeof(char *));
      results->events[results->count++] = _strdup(line);
    }
  }
  fclose(file);
  free(text);
  return results;
}

BOOL WINAPI EvtNext(EVT_HANDLE handle, DWORD size, EVT_HANDLE *events, DWORD timeout, DWORD flags,
                    PDWORD returned) {
  struct object *results = check(handle, RESULTS);
  *returned = 0;
  if (results == NULL || timeout == 0 || flags != 0) {
    return FALSE;
  }
  while (*returned < size && results->next < results->count) {
    struct object *event = make(EVENT);
    event->xml = _strdup(results->events[results->count - 1 - results->next++]);
    events[(*returned)++] = event;
  }
  if (*returned == 0) {
    SetLastError(ERROR_NO_MORE_ITEMS);
    return FALSE;
  }
  return TRUE;
}

BOOL WINAPI EvtRender(EVT_HANDLE context, EVT_HANDLE fragment, DWORD flags, DWORD size,
                      PVOID buffer, PDWORD used, PDWORD properties) {
  struct object *event = check(fragment, EVENT);
  if (event == NULL || context != NULL || flags != EvtRenderEventXml) {
    return FALSE;
  }
  *properties = 0;
  *used = MultiByteToWideChar(CP_UTF8, 0, event->xml, -1, NULL, 0) * sizeof(WCHAR);
  if (size < *used) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return FALSE;
  }
  MultiByteToWideChar(CP_UTF8, 0, event->xml, -1, buffer, size / sizeof(WCHAR));
  return TRUE;
}

BOOL WINAPI EvtClose(EVT_HANDLE handle) {
  struct object *object = handle;
  if (object == NULL || object->mark != MARK) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  for (int i = 0; i < object->count; i++) {
    free(object->events[i]);
  }
  free(object->events);
  free(object->xml);
  object->mark = 0;
  free(object);
  InterlockedDecrement(&handles);
  return TRUE;
}

/* How many handles are open. */
__declspec(dllexport) LONG WINAPI TestOpenHandles(void) { return handles; }
