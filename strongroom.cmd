@echo off
rem The one script for people, on Windows: "strongroom help" lists the commands.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "root=%root:~0,-1%"
set "command=%~1"
if "%command%"=="" set "command=help"

rem What follows the command, as it was typed.
set "rest="
set "all=%*"
if defined all for /f "tokens=1,*" %%a in ("%*") do set "rest=%%b"

if /i "%command%"=="help" goto help
if /i "%command%"=="demo" goto demo
if /i "%command%"=="setup" goto setup
if /i "%command%"=="bench" goto bench
call :find_jdk || exit /b 1
if /i "%command%"=="test" goto test
if /i "%command%"=="package" goto package
if /i "%command%"=="client" goto client
if /i "%command%"=="server" goto server
echo strongroom: There is no command called %command%.>&2
exit /b 1

:help
echo Usage: strongroom COMMAND
echo.
echo   client [ARG...]  opens the window; with arguments: the client's command line
echo   server ARG...    the server's command line
echo   test [OPTION...] builds everything and runs the unit tests; options go to Maven
echo   package [-Type msi^|exe^|app-image]
echo                    builds the client's installer in target\package
echo   help             this text
echo.
echo The scripted demo and the tests with windows, a TPM and a keyring run on Linux: ./strongroom help
exit /b 0

:demo
echo strongroom: The demo needs Linux. Here, start "strongroom server" and "strongroom client" in two terminals.>&2
exit /b 1

:setup
echo strongroom: There is nothing to set up on Windows but a JDK 25 (and the WiX toolset for "strongroom package").>&2
exit /b 0

:bench
echo strongroom: The benchmarks run on Linux only.>&2
exit /b 1

:test
pushd "%root%"
call :maven -B %rest% -DskipITs verify
set "code=%errorlevel%"
popd
exit /b %code%

:package
call :build desktop || exit /b 1
powershell -NoProfile -ExecutionPolicy Bypass -File "%root%\packaging\client.ps1" %rest%
exit /b %errorlevel%

:client
call :build desktop || exit /b 1
call :class_path desktop
if defined rest (call :run strongroom.vault.cli.Main %rest%) else call :run strongroom.desktop.Main
exit /b %errorlevel%

:server
call :build server || exit /b 1
call :class_path server
call :run strongroom.server.Main %rest%
exit /b %errorlevel%

rem ---- parts ----

:find_jdk
call :is_jdk_25 "%JAVA_HOME%" && exit /b 0
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*") do (
    call :is_jdk_25 "%%~d" && (set "JAVA_HOME=%%~d" & exit /b 0)
)
for /f "delims=" %%j in ('where javac 2^>nul') do (
    for %%h in ("%%~dpj..") do call :is_jdk_25 "%%~fh" && (set "JAVA_HOME=%%~fh" & exit /b 0)
)
echo strongroom: JDK 25 is missing: install one (for instance Eclipse Temurin 25), or set JAVA_HOME to it.>&2
exit /b 1

:is_jdk_25
if "%~1"=="" exit /b 1
if not exist "%~1\bin\javac.exe" exit /b 1
findstr /b /r /c:"JAVA_VERSION=.25[.\"]" "%~1\release" >nul 2>&1
exit /b %errorlevel%

:maven
rem Maven brings libraries that JDK 25 warns about at every start.
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"
where mvn >nul 2>&1
if errorlevel 1 (call "%root%\mvnw.cmd" %*) else call mvn %*
exit /b %errorlevel%

rem Builds when there is no jar or a source is newer than it.
:build
powershell -NoProfile -Command "$r='%root%'; $b=Get-Item \"$r\target\built.%1\" -ErrorAction Ignore; $s=Get-ChildItem \"$r\pom.xml\",\"$r\src\*\main\",\"$r\src\*\pom.xml\" -Recurse -File; if (-not $b -or -not (Test-Path \"$r\src\%1\target\run.classpath\") -or ($s | Where-Object LastWriteTime -gt $b.LastWriteTime)) { exit 1 }"
if not errorlevel 1 exit /b 0
if not exist "%root%\target" mkdir "%root%\target"
echo Building; the first time takes some minutes.>&2
pushd "%root%"
echo.>"target\building.%1"
call :maven -B -q -pl src/%1 -am -DskipTests -Dskip.module.tests=true package >"target\build.log" 2>&1
if errorlevel 1 (
    type "target\build.log" >&2
    popd
    exit /b 1
)
move /y "target\building.%1" "target\built.%1" >nul
popd
exit /b 0

:class_path
for /f "usebackq delims=" %%l in ("%root%\src\%1\target\run.classpath") do set "class_path=%%l"
for %%j in ("%root%\src\%1\target\strongroom-%1-*.jar") do set "class_path=%%~fj;%class_path%"
exit /b 0

:run
set "natives=%root%\target\natives"
if not exist "%natives%" mkdir "%natives%"
rem A class path is longer than a command line may be; an argument file is not. Backslashes are escapes in it.
set "arguments=%root%\target\run.%RANDOM%.args"
>"%arguments%" echo -cp "%class_path:\=\\%"
"%JAVA_HOME%\bin\java.exe" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ^
    -XX:+DisableAttachMechanism -XX:-UsePerfData -XX:-HeapDumpOnOutOfMemoryError -XX:-CreateCoredumpOnCrash ^
    -XX:ErrorFile=NUL -Xlog:disable -Xlog:all=warning:stderr "-Djavafx.cachedir=%natives%" "-Dorg.sqlite.tmpdir=%natives%" "-Djna.tmpdir=%natives%" "-DZstdTempFolder=%natives%" ^
    @"%arguments%" %*
set "code=%errorlevel%"
del "%arguments%" 2>nul
exit /b %code%
