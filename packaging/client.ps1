# Builds the client's installer on Windows, as client.sh does elsewhere: called by strongroom.cmd package, which has built the
# jars and found JAVA_HOME. -Type app-image needs nothing; msi and exe need the WiX toolset on the PATH.
param([ValidateSet('msi', 'exe', 'app-image')][string] $Type = 'msi')

$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$out = 'target\package'
$work = "$out\work"

if (-not $env:JAVA_HOME -or -not (Test-Path "$env:JAVA_HOME\bin\jpackage.exe")) {
    throw 'JAVA_HOME names no JDK with jpackage; run this as strongroom.cmd package.'
}

# A tool of the JDK; a failure ends the script, which PowerShell does not do by itself for programs.
function Invoke-Jdk([string] $Tool, [string[]] $Arguments) {
    & "$env:JAVA_HOME\bin\$Tool.exe" @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Tool failed with exit code $LASTEXITCODE." }
}

if ($env:PROCESSOR_ARCHITECTURE -eq 'ARM64') { $processor = 'aarch64'; $jnaProcessor = 'aarch64'; $zstdProcessor = 'aarch64' }
else { $processor = 'x86_64'; $jnaProcessor = 'x86-64'; $zstdProcessor = 'amd64' }

$version = ([xml](Get-Content pom.xml)).project.version

# One file of a jar, without its path.
function Expand-Entry([string] $Jar, [string] $Entry, [string] $Folder) {
    $zip = [IO.Compression.ZipFile]::OpenRead($Jar)
    try {
        $found = $zip.GetEntry($Entry)
        if (-not $found) { throw "$Jar holds no $Entry." }
        $target = Join-Path (Resolve-Path $Folder) (Split-Path $Entry -Leaf)
        [IO.Compression.ZipFileExtensions]::ExtractToFile($found, $target, $true)
    }
    finally { $zip.Dispose() }
}

# JavaFX's jars carry their native libraries as resources, to be unpacked to the user's home; as jmods they end in the runtime.
function New-JavaFxJmod([string] $Jar, [string] $Module) {
    $classes = "$work\javafx\$Module\classes"
    $libraries = "$work\javafx\$Module\lib"
    New-Item -ItemType Directory -Force $classes, $libraries, "$work\jmods", "$work\javafx-jars" | Out-Null
    Copy-Item $Jar "$work\javafx-jars"
    [IO.Compression.ZipFile]::ExtractToDirectory($Jar, (Resolve-Path $classes))
    Get-ChildItem $classes -Recurse -Filter *.dll | Move-Item -Destination $libraries
    Invoke-Jdk jmod @('create', '--class-path', $classes, '--libs', $libraries, "$work\jmods\$Module.jmod")
}

Add-Type -AssemblyName System.IO.Compression.FileSystem
Remove-Item -Recurse -Force $out -ErrorAction Ignore
New-Item -ItemType Directory -Force "$out\app\native", $work | Out-Null

$javaFxModules = @()
foreach ($jar in (Get-Content src\desktop\target\run.classpath -Raw).Trim() -split ';') {
    $file = Split-Path $jar -Leaf
    switch -Regex ($file) {
        '^javafx-([a-z]+)-.*-win(-aarch64)?\.jar$' {
            $module = "javafx.$($Matches[1])"
            New-JavaFxJmod $jar $module
            $javaFxModules += $module
            break
        }
        '^javafx-' { break } # the jar of the same name without a system holds no classes
        '^strongroom-server-' { throw "The client's class path holds the server." }
        default { Copy-Item $jar "$out\app" }
    }
    switch -Regex ($file) {
        '^sqlite-jdbc-' { Expand-Entry $jar "org/sqlite/native/Windows/$processor/sqlitejdbc.dll" "$out\app\native" }
        '^jna-[0-9]' { Expand-Entry $jar "com/sun/jna/win32-$jnaProcessor/jnidispatch.dll" "$out\app\native" }
        '^zstd-jni-(.*)\.jar$' {
            # Its name has the version in it; jpackage.cfg names it without.
            $library = "libzstd-jni-$($Matches[1]).dll"
            Expand-Entry $jar "win/$zstdProcessor/$library" "$out\app\native"
            Move-Item -Force "$out\app\native\$library" "$out\app\native\zstd-jni.native"
        }
    }
}
if (-not $javaFxModules) { throw "JavaFX is not on the client's class path." }
Copy-Item src\desktop\target\strongroom-desktop-[0-9]*.jar "$out\app\strongroom-desktop.jar"

$jars = (Get-ChildItem "$out\app\*.jar").FullName
$summary = & "$env:JAVA_HOME\bin\jdeps.exe" -summary --multi-release 25 --ignore-missing-deps `
    --module-path "$work\javafx-jars;$out\app" @jars 2>$null
$jdkModules = $summary | Select-String ' -> ((java|jdk)\.[a-z.]+)$' | ForEach-Object { $_.Matches[0].Groups[1].Value } | Sort-Object -Unique
if (-not $jdkModules) { throw "jdeps found no module of the JDK in the client's jars." }
# jdk.zipfs and jdk.crypto.mscapi are named by no jar but asked for at run time.
$modules = ($jdkModules + $javaFxModules + 'jdk.zipfs' + 'jdk.crypto.mscapi') -join ','
Invoke-Jdk jlink @('--module-path', "$work\jmods", '--add-modules', $modules, '--no-header-files', '--no-man-pages',
    '--generate-cds-archive', '--output', "$out\runtime")
Get-ChildItem "$out\runtime" -Recurse -Filter 'classes_nocoops*.jsa' | Remove-Item # for heaps beyond 32 GB only

$options = @('@jpackage.cfg', '--type', $Type, '--name', 'Strongroom', '--app-version', $version, '--icon', 'icons\strongroom.ico',
    '--dest', $out, '--resource-dir', 'packaging\windows', '--java-options', '-XX:ErrorFile=NUL')
if ($Type -ne 'app-image') {
    # The same UUID for ever: by it Windows knows that a newer installer replaces an older one. For the whole machine, so that
    # nobody can change the program without being administrator.
    $options += @('--license-file', 'LICENSE', '--win-menu', '--win-menu-group', 'Strongroom', '--win-shortcut-prompt',
        '--win-upgrade-uuid', '6f0c7f0e-5f0b-4c53-9a33-2b7a6c1d9e42')
}
Invoke-Jdk jpackage $options
Remove-Item -Recurse -Force $work
Get-ChildItem $out -Filter 'Strongroom*' | ForEach-Object { $_.FullName }
