# Builds the setup program on Windows: powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1
#   -Keys FILE     public keys that may sign updates      -Licences DIR  folder with the texts GPL-3, LGPL-3, LGPL-2.1
# Needs: ./run.ps1 once (it brings uv and .venv), a 64-bit Python 3.11 to 3.13, and NSIS 3 (makensis in PATH or its usual folder).
param([string]$Keys = "", [string]$Licences = "", [string]$Out = "dist")
$ErrorActionPreference = "Stop"
$root = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
Set-Location $root
$python = Join-Path $root ".venv\Scripts\python.exe"
if (-not (Test-Path $python)) { throw "Run run.ps1 once first: it makes .venv." }

$makensis = (Get-Command makensis -ErrorAction SilentlyContinue).Source
if (-not $makensis) { $makensis = Join-Path ${env:ProgramFiles(x86)} "NSIS\makensis.exe" }
if (-not (Test-Path $makensis)) { throw "NSIS 3 is needed: makensis.exe was not found." }

$arguments = @("-m", "installer.package", "--out", $Out)
if ($Keys) { $arguments += @("--keys", $Keys) }
if ($Licences) { $arguments += @("--licence-texts", $Licences) }
& $python @arguments
if ($LASTEXITCODE -ne 0) { throw "The program could not be packed." }

$version = & $python -c "from installer.frozen import version; print(version())"
$work = Join-Path $root "build\package"
$setup = Join-Path (Resolve-Path $Out).Path "jangteo-pos-$version-setup.exe"
& $makensis /V2 /INPUTCHARSET UTF8 "/DVERSION=$version" "/DSOURCE=$work\packed\jangteo-pos" `
    "/DICON=$work\work\jangteo.ico" "/DOUT=$setup" (Join-Path $PSScriptRoot "jangteo.nsi")
if ($LASTEXITCODE -ne 0) { throw "makensis failed." }
$sum = (Get-FileHash -Algorithm SHA256 $setup).Hash.ToLower()
Add-Content -Encoding ascii (Join-Path $Out "SHA256SUMS") "$sum  jangteo-pos-$version-setup.exe"
Write-Host $setup
