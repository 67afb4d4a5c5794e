#!/bin/sh
# build.sh OUTPUT.sys
set -e
here=$(cd "$(dirname "$0")" && pwd)
libraries=$(mktemp -d)
trap 'rm -rf -- "$libraries"' EXIT
x86_64-w64-mingw32-dlltool -d "$here/kernelbase.def" -l "$libraries/libbase.a"
x86_64-w64-mingw32-gcc -O2 -Wall -Wextra -Werror -Wno-cast-function-type \
  -D__USE_MINGW_ANSI_STDIO=0 -shared -nostartfiles -Wl,--entry,DriverEntry -Wl,--subsystem,native \
  -Wl,--image-base,0x150000000 -Wl,--section-alignment,0x1000 -Wl,--file-alignment,0x1000 \
  -Wl,--dynamicbase,--disable-auto-import -s \
  -o "$1" "$here/drivershim.c" "$libraries/libbase.a" -lmsvcrt
