# Windows twin of ./run: sets up once, then starts Jangteo POS.
#   powershell -ExecutionPolicy Bypass -File run.ps1            opens the demo market
#   powershell -ExecutionPolicy Bypass -File run.ps1 ARGS...    is `jangteo ARGS...`
# Nothing here names a package index: pip's and uv's own configuration decides where parts come from.
$ErrorActionPreference = 'Stop'
$Root = $PSScriptRoot
$Tools = Join-Path $Root '.tools\env'
$Uv = Join-Path $Tools 'Scripts\uv.exe'
$Python = Join-Path $Root '.venv\Scripts\python.exe'
$Program = Join-Path $Root '.venv\Scripts\jangteo.exe'
$Stamp = Join-Path $Root '.venv\stamp'
$Lock = Join-Path $Root 'requirements.lock'
$UvLock = Join-Path $Root 'installer\uv.txt'
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8

function Stop-With([string] $Korean, [string] $English) {
    [Console]::Error.WriteLine($Korean)
    [Console]::Error.WriteLine($English)
    exit 3
}

# What the environment was made from, by content, and where it stands.
function Get-Key {
    $files = 'pyproject.toml', 'requirements.lock', 'run.ps1' | ForEach-Object { Join-Path $Root $_ }
    (($files | ForEach-Object { (Get-FileHash -Algorithm SHA256 $_).Hash }) -join ' ') + ' ' + $Root
}

function Test-Ready {
    (Test-Path $Python) -and (Test-Path $Program) -and (Test-Path $Stamp) -and
        ((Get-Content -Raw -Encoding UTF8 $Stamp).Trim() -eq (Get-Key))
}

# The first Python that the locked parts are made for (3.11 to 3.13); the `py` launcher first.
function Find-Python {
    $check = 'import sys; ok = (3, 11) <= sys.version_info[:2] <= (3, 13); print(sys.executable if ok else "")'
    $candidates = @('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('python'), @('python3')
    foreach ($candidate in $candidates) {
        if (-not (Get-Command $candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $extra = @($candidate | Select-Object -Skip 1)
        try { $found = & $candidate[0] @extra -c $check 2>$null } catch { continue }
        if ($LASTEXITCODE -eq 0 -and $found) { return "$found".Trim() }
    }
    return $null
}

function Initialize-Environment {
    [Console]::Error.WriteLine('실행 준비를 하고 있어요. 처음 한 번만 1분쯤 걸려요. (Setting up; about a minute, only once.)')
    $base = Find-Python
    if (-not $base) {
        Stop-With '파이썬 3.11~3.13이 필요해요. 이 줄을 실행한 뒤 다시 시작해 주세요: winget install Python.Python.3.13' `
            'Python 3.11 to 3.13 is needed. Run this line, then start again: winget install Python.Python.3.13'
    }
    $made = Join-Path $Tools 'uv.txt'
    if (-not (Test-Path $Uv) -or -not (Test-Path $made) -or
        (Get-FileHash $made).Hash -ne (Get-FileHash $UvLock).Hash) {
        if (Test-Path $Tools) { Remove-Item -Recurse -Force $Tools }
        & $base -m venv $Tools
        if ($LASTEXITCODE -ne 0) {
            Stop-With "실행 환경을 만들지 못했어요. 디스크 자리와 쓰기 권한을 확인해 주세요: $Root" `
                "The environment could not be made. Check disk space and write permission: $Root"
        }
        & (Join-Path $Tools 'Scripts\python.exe') -m pip install -q --disable-pip-version-check --no-deps `
            --require-hashes -r $UvLock
        if ($LASTEXITCODE -ne 0) { Stop-NoNetwork }
        Copy-Item $UvLock $made
    }
    $env:UV_COMPILE_BYTECODE = '1'
    if (Test-Path $Stamp) { Remove-Item $Stamp }
    if (-not (Test-Path $Python)) {
        & $Uv venv -q --clear --python $base (Join-Path $Root '.venv')
    }
    & $Uv pip sync -q --require-hashes --python $Python $Lock
    if ($LASTEXITCODE -ne 0) {
        # Where only pip is set up for the network (own index, proxy, certificate), pip does the same.
        & (Join-Path $Tools 'Scripts\python.exe') -m pip --python $Python install -q --disable-pip-version-check `
            --require-hashes -r $Lock
        if ($LASTEXITCODE -ne 0) { Stop-NoNetwork }
    }
    & $Uv pip install -q --no-deps --offline --python $Python -e $Root
    if ($LASTEXITCODE -ne 0) {
        Stop-With '프로그램을 환경에 넣지 못했어요. 바로 위의 글을 확인해 주세요.' `
            'The program could not be placed in its environment. See the lines above.'
    }
    & $Python -m compileall -q (Join-Path $Root 'pos_app') (Join-Path $Root 'sync')
    Set-Content -Encoding UTF8 -Path $Stamp -Value (Get-Key)
}

function Stop-NoNetwork {
    Stop-With '필요한 부품을 받지 못했어요. 인터넷 연결(또는 pip 설정)을 확인하고 다시 실행해 주세요.' `
        "The parts could not be downloaded. Check the network (or pip's configuration) and run this again."
}

if (-not (Test-Ready)) { Initialize-Environment }
if ($args.Count -gt 0) { & $Program @args } else { & $Program demo }
exit $LASTEXITCODE
