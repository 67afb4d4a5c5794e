#!/bin/sh
# Test build with mingw-w64: build.sh OUTPUT.sys. Unsigned, and without the stack and flow guards of
# Microsoft's compiler: for tests only. Build a release with the project file.
set -e
here=$(cd "$(dirname "$0")" && pwd)
cc=${CC:-x86_64-w64-mingw32-gcc}
windows=$(echo '#include <windows.h>' | "$cc" -M -x c - | tr ' ' '\n' | grep '/windows\.h$')
libraries=$(mktemp -d)
trap 'rm -rf -- "$libraries"' EXIT
# Microsoft's wdmsec.lib contains the function; here it is imported from the system.
printf 'LIBRARY ntoskrnl.exe\nEXPORTS\nWdmlibIoCreateDeviceSecure == IoCreateDeviceSecure\n' \
  >"$libraries/wdmsec.def"
"${cc%gcc}dlltool" -d "$libraries/wdmsec.def" -l "$libraries/libwdmsec.a"
"$cc" -isystem "$(dirname "$windows")/ddk" -O2 -Wall -Wextra -Werror -Wno-cast-function-type \
  -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000007 \
  -ffreestanding -fno-ident -mno-stack-arg-probe -mno-red-zone -fno-asynchronous-unwind-tables \
  -nostdlib -shared -Wl,--subsystem,native:10.0 -Wl,--entry,DriverEntry \
  -Wl,--image-base,0x140000000 -Wl,--section-alignment,0x1000 -Wl,--file-alignment,0x200 \
  -Wl,--dynamicbase -Wl,--nxcompat -Wl,--exclude-all-symbols -Wl,--no-insert-timestamp -s \
  -o "$1" "$here/sessionbridge.c" -L"$libraries" -lwdmsec -lntoskrnl
