@echo off
rem Starts SessionBridge. Needs Java 17 or later, from the folder "runtime" of a package, JAVA_HOME or PATH.
rem SESSIONBRIDGE_JAVA_OPTS: more options for Java, separated by blanks, for instance -Xmx256m.
setlocal EnableExtensions DisableDelayedExpansion

set "SB_NEEDED=17"
for %%i in ("%~dp0..") do set "SB_HOME=%%~fi"
rem The root of a disk ends with \, which before a quotation mark would take the mark for a letter.
if "%SB_HOME:~-1%"=="\" set "SB_HOME=%SB_HOME%."
set "SB_JAVA="
set "SB_VERSION="
set "SB_MAJOR="
set "SB_NATIVE="
set "SB_CACHE=%SB_HOME%\lib\sessionbridge.aot"
set "SB_USE="

rem The service runs with the Java of the package, so what checks for it does too.
set "SB_JAVA=%SB_HOME%\runtime\bin\java.exe"
if exist "%SB_JAVA%" set "SB_CACHE=%SB_HOME%\runtime\lib\sessionbridge.aot"
if exist "%SB_JAVA%" goto found
set "SB_JAVA="

if not defined JAVA_HOME goto from_path
set "SB_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%SB_JAVA%" goto found
echo sessionbridge: JAVA_HOME is %JAVA_HOME%, but there is no program %SB_JAVA%; correct or unset JAVA_HOME>&2
exit /b 1

:from_path
for %%i in (java.exe) do set "SB_JAVA=%%~$PATH:i"
if defined SB_JAVA goto found
echo sessionbridge: no Java found; install Java %SB_NEEDED% or later, or set JAVA_HOME to where it is>&2
exit /b 1

:found
rem Every JDK has the file "release", which saves starting Java twice.
for %%i in ("%SB_JAVA%") do set "SB_RELEASE=%%~dpi..\release"
if not exist "%SB_RELEASE%" goto ask_java
for /f "usebackq tokens=1,2 delims==" %%a in ("%SB_RELEASE%") do if "%%a"=="JAVA_VERSION" set "SB_VERSION=%%~b"
if defined SB_VERSION goto check

:ask_java
rem "call", because cmd would take away the quotation marks of a line that begins with one.
for /f tokens^=2^ delims^=^" %%v in ('call "%SB_JAVA%" -version 2^>^&1 ^| findstr /c:"version "') do if not defined SB_VERSION set "SB_VERSION=%%v"

:check
rem 17.0.9 is 17, 21-ea is 21, 1.8.0_392 is 8.
for /f "tokens=1,2 delims=.-+_" %%a in ("%SB_VERSION%") do if "%%a"=="1" (set "SB_MAJOR=%%b") else (set "SB_MAJOR=%%a")
if defined SB_MAJOR goto compare
echo sessionbridge: %SB_JAVA% does not report its version; is it a working Java %SB_NEEDED% or later?>&2
exit /b 1

:compare
if %SB_MAJOR% GEQ %SB_NEEDED% goto start
echo sessionbridge: %SB_JAVA% is Java %SB_VERSION%, but Java %SB_NEEDED% or later is needed; set JAVA_HOME to where one is>&2
exit /b 1

:start
rem Newer ones warn of the native code in libraries, unless it is allowed; older ones do not know how.
if %SB_MAJOR% GEQ 22 set "SB_NATIVE=--enable-native-access=ALL-UNNAMED"
rem The class cache that "sessionbridge class-cache" or "service install" made. See ClassCache.java.
if not exist "%SB_CACHE%" goto run
if %SB_MAJOR% GEQ 25 set SB_USE=-Xlog:disable -Xlog:all=warning,cds*=off,aot*=off:stderr -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "-XX:AOTCache=%SB_CACHE%" "-Dsessionbridge.cache=%SB_CACHE%"
rem Windows does not replace or delete a file that is in use, and these commands do that with the cache.
if "%~1"=="service" set "SB_USE="
if "%~1"=="class-cache" set "SB_USE="
:run
rem Without -Xms Java begins with a part of the machine's memory: all of -Xmx on a large one.
rem The heap is small. Without memory Java exits, and systemd or Windows starts it again.
rem -UsePerfData saves writes to the disk.
rem The young generation holds a batch in hand without passing it on to the old one.
rem One compiler: the second costs an agent, which is never warm, more than it brings.
rem It compiles loops over the events of a batch early: there are few batches, each with many events.
"%SB_JAVA%" -Xms20m -Xmx96m -XX:NewSize=12m -XX:SurvivorRatio=4 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:Tier3BackEdgeThreshold=3000 -XX:Tier3MinInvocationThreshold=10 -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Dfile.encoding=UTF-8 %SB_NATIVE% %SESSIONBRIDGE_JAVA_OPTS% %SB_USE% "-Dsessionbridge.home=%SB_HOME%" -cp "%SB_HOME%\lib\*;%SB_HOME%\plugins\*" io.sessionbridge.cli.Main %*
exit /b %ERRORLEVEL%
