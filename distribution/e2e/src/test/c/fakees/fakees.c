/* The DLL: class factory, registration, log. See fakees.h. */
#include "fakees.h"
#include <stdarg.h>
#include <stdio.h>

static const CLSID CLASS_SYSTEM =
    {0x4e14fba2, 0x2e22, 0x11d1, {0x99, 0x64, 0x00, 0xc0, 0x4f, 0xbb, 0xb3, 0x45}};
static const CLSID CLASS_SUBSCRIPTION =
    {0x7542e960, 0x79c7, 0x11d1, {0x88, 0xf9, 0x00, 0x80, 0xc7, 0xd7, 0x71, 0xbf}};

LONG objects_alive;

static HINSTANCE instance;
static BOOL single_threaded;
static WCHAR command_folder[MAX_PATH];
static CRITICAL_SECTION log_lock;
static LONG started;

const WCHAR *folder(void) { return command_folder; }

void note(const char *format, ...) {
  char line[1024];
  WCHAR path[MAX_PATH + 16];
  va_list arguments;
  int length;
  DWORD written;
  HANDLE file;
  if (!command_folder[0]) return;
  va_start(arguments, format);
  length = vsnprintf(line, sizeof line - 2, format, arguments);
  va_end(arguments);
  if (length < 0 || length > (int)sizeof line - 2) length = sizeof line - 2;
  line[length++] = '\n';
  swprintf(path, MAX_PATH + 16, L"%ls\\log.txt", command_folder);
  EnterCriticalSection(&log_lock);
  file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS,
                     0, NULL);
  if (file != INVALID_HANDLE_VALUE) {
    WriteFile(file, line, length, &written, NULL);
    CloseHandle(file);
  }
  LeaveCriticalSection(&log_lock);
}

BOOL WINAPI DllMain(HINSTANCE dll, DWORD reason, void *reserved) {
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) {
    instance = dll;
    InitializeCriticalSection(&log_lock);
    store_init();
    if (!GetEnvironmentVariableW(L"FAKE_ES_DIR", command_folder, MAX_PATH)) command_folder[0] = 0;
  }
  /* The wrong mode for whoever asks for another one later. */
  if (reason == DLL_THREAD_ATTACH && single_threaded) CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
  return TRUE;
}

/*
 * Loaded by -agentpath:fakees.dll=sta, every new thread of the program begins as an STA. By
 * =folder=PATH a program whose environment a test cannot set finds the command files.
 */
__declspec(dllexport) LONG WINAPI Agent_OnLoad(void *vm, char *options, void *reserved) {
  (void)vm;
  (void)reserved;
  if (options == NULL) return 0;
  single_threaded = lstrcmpA(options, "sta") == 0;
  if (strncmp(options, "folder=", 7) == 0) {
    MultiByteToWideChar(CP_UTF8, 0, options + 7, -1, command_folder, MAX_PATH);
  }
  return 0;
}

static HRESULT WINAPI factory_query(IClassFactory *this, REFIID iid, void **out) {
  if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory)) {
    *out = this;
    return S_OK;
  }
  *out = NULL;
  return E_NOINTERFACE;
}

static ULONG WINAPI factory_ref(IClassFactory *this) {
  (void)this;
  return 2; /* static */
}

static HRESULT WINAPI factory_lock(IClassFactory *this, WINBOOL lock) {
  (void)this;
  (void)lock;
  return S_OK;
}

static HRESULT WINAPI create_first(IClassFactory *this, IUnknown *outer, REFIID iid, void **out) {
  (void)this;
  return outer ? CLASS_E_NOAGGREGATION : create_event_system(iid, out);
}

static HRESULT WINAPI create_second(IClassFactory *this, IUnknown *outer, REFIID iid, void **out) {
  (void)this;
  return outer ? CLASS_E_NOAGGREGATION : create_subscription(iid, out);
}

static IClassFactoryVtbl system_factory_table =
    {factory_query, factory_ref, factory_ref, create_first, factory_lock};
static IClassFactoryVtbl subscription_factory_table =
    {factory_query, factory_ref, factory_ref, create_second, factory_lock};
static IClassFactory system_factory = {&system_factory_table};
static IClassFactory subscription_factory = {&subscription_factory_table};

HRESULT WINAPI DllGetClassObject(REFCLSID class, REFIID iid, void **out) {
  if (InterlockedExchange(&started, 1) == 0) commands_start();
  *out = NULL;
  if (IsEqualCLSID(class, &CLASS_SYSTEM)) return factory_query(&system_factory, iid, out);
  if (IsEqualCLSID(class, &CLASS_SUBSCRIPTION)) return factory_query(&subscription_factory, iid, out);
  return CLASS_E_CLASSNOTAVAILABLE;
}

HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; /* its threads stay */ }

static void write_key(const WCHAR *key, const WCHAR *name, const WCHAR *value) {
  RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, name, REG_SZ, value, (lstrlenW(value) + 1) * sizeof(WCHAR));
}

static void register_class(const CLSID *class, const WCHAR *program) {
  WCHAR id[64], key[200], path[MAX_PATH];
  StringFromGUID2(class, id, 64);
  GetModuleFileNameW(instance, path, MAX_PATH);
  swprintf(key, 200, L"Software\\Classes\\CLSID\\%ls\\InprocServer32", id);
  write_key(key, NULL, path);
  write_key(key, L"ThreadingModel", L"Both");
  swprintf(key, 200, L"Software\\Classes\\CLSID\\%ls\\ProgID", id);
  write_key(key, NULL, program);
  swprintf(key, 200, L"Software\\Classes\\%ls\\CLSID", program);
  write_key(key, NULL, id);
}

static void unregister_class(const CLSID *class, const WCHAR *program) {
  WCHAR id[64], key[200];
  StringFromGUID2(class, id, 64);
  swprintf(key, 200, L"Software\\Classes\\CLSID\\%ls", id);
  RegDeleteTreeW(HKEY_LOCAL_MACHINE, key);
  swprintf(key, 200, L"Software\\Classes\\%ls", program);
  RegDeleteTreeW(HKEY_LOCAL_MACHINE, key);
}

HRESULT WINAPI DllRegisterServer(void) {
  register_class(&CLASS_SYSTEM, L"EventSystem.EventSystem");
  register_class(&CLASS_SUBSCRIPTION, L"EventSystem.EventSubscription");
  return S_OK;
}

HRESULT WINAPI DllUnregisterServer(void) {
  unregister_class(&CLASS_SYSTEM, L"EventSystem.EventSystem");
  unregister_class(&CLASS_SUBSCRIPTION, L"EventSystem.EventSubscription");
  return S_OK;
}
