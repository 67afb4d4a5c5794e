@echo off
rem Starts SessionBridge with the Java that JAVA_HOME names, or else the one on the PATH.
rem   SESSIONBRIDGE_JAVA_OPTS   further options for Java
setlocal

for %%I in ("%~dp0..") do set "HOME_FOLDER=%%~fI"

if defined JAVA_HOME (
  set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
) else (
  set "JAVA_EXE=java.exe"
)
if defined JAVA_HOME if not exist "%JAVA_EXE%" (
  echo sessionbridge: JAVA_HOME is %JAVA_HOME%, but there is no %JAVA_EXE% 1>&2
  exit /b 1
)

set "MAJOR="
for /f "tokens=3" %%V in ('""%JAVA_EXE%" -version 2^>^&1 ^| findstr /i "version""') do (
  if not defined MAJOR for /f "tokens=1,2 delims=.-+ " %%A in ("%%~V") do (
    if "%%A"=="1" (set "MAJOR=%%B") else (set "MAJOR=%%A")
  )
)
if not defined MAJOR (
  echo sessionbridge: Java is missing: install Java 17 or later, or set JAVA_HOME 1>&2
  exit /b 1
)
if %MAJOR% LSS 17 (
  echo sessionbridge: Java 17 or later is needed, %JAVA_EXE% is Java %MAJOR% 1>&2
  exit /b 1
)

"%JAVA_EXE%" -Xmx96m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError %SESSIONBRIDGE_JAVA_OPTS% ^
  "-Dsessionbridge.home=%HOME_FOLDER%" ^
  -cp "%HOME_FOLDER%\lib\*;%HOME_FOLDER%\plugins\*" ^
  io.sessionbridge.cli.Main %*
exit /b %ERRORLEVEL%
