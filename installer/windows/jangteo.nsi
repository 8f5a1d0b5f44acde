; Setup of Jangteo POS: for one person, without administrator rights, in Korean or English.
; makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DSOURCE=...\jangteo-pos -DICON=...\jangteo.ico -DOUT=...\setup.exe jangteo.nsi
; Silent: setup.exe /S [/D=C:\folder]; uninstall.exe /S, and /LEAVE_UNSENT /REALLY where sales were never sent.
; /UPDATE: started by the program itself, waits up to a minute until that has ended.
; Exit codes: 0 done, 1 refused (open window, older version), 2 failed (disk, or the new program does not start); then
; nothing was changed. The uninstaller answers with its own code only when called with _?=FOLDER as its last word.

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh

Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true
Name "$(SHOP)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\JangteoPOS"
InstallDirRegKey HKCU "Software\JangteoPOS" "folder"
AllowSkipFiles off
SetDatablockOptimize on
BrandingText "Jangteo POS ${VERSION}"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\JangteoPOS"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\program\JangteoPOS.exe"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Korean"
!insertmacro MUI_LANGUAGE "English"

LangString OPEN ${LANG_KOREAN} "장터포스가 열려 있어요. 창을 닫고 다시 해 주세요. 바뀐 것은 없어요."
LangString OPEN ${LANG_ENGLISH} "Jangteo POS is open. Close its window and try again. Nothing was changed."
LangString OLDER ${LANG_KOREAN} "더 새로운 판($R0)이 설치돼 있어요. 옛 판(${VERSION})은 지금 장부를 읽지 못해 설치하지 않아요."
LangString OLDER ${LANG_ENGLISH} "A newer version ($R0) is installed. The older ${VERSION} can't read its data and is not installed."
LangString FAILED ${LANG_KOREAN} "설치하지 못했어요. 디스크의 자리를 보고 다시 해 주세요. 전에 쓰던 프로그램은 그대로예요."
LangString FAILED ${LANG_ENGLISH} "Setup failed. Check the room on the disk and try again. The former program stays as it was."
LangString UNSENT ${LANG_KOREAN} "아직 서버로 보내지 않은 판매가 이 컴퓨터에만 있어요.$\n먼저 보내거나 USB에 사본을 만들어 주세요.$\n$\n그래도 프로그램을 지울까요?"
LangString UNSENT ${LANG_ENGLISH} "Sales that no server has are only on this computer.$\nSend them or copy them to a stick first.$\n$\nRemove the program anyway?"
LangString REALLY ${LANG_KOREAN} "한 번 더 물어요. 보내지 않은 판매가 있는데 프로그램을 지워요.$\n데이터 폴더는 그대로 남아요. 지울까요?"
LangString REALLY ${LANG_ENGLISH} "Asked a second time: the program is removed although sales are unsent.$\nThe data folder stays. Remove it?"
LangString SHOP ${LANG_KOREAN} "장터포스"
LangString SHOP ${LANG_ENGLISH} "Jangteo POS"
LangString DEMO ${LANG_KOREAN} "장터포스 연습"
LangString DEMO ${LANG_ENGLISH} "Jangteo POS demo"

; A running program's file can't be opened for writing.
!macro RefuseWhileOpen PREFIX
  Function ${PREFIX}RefuseWhileOpen
    StrCpy $R6 0 ; half seconds of patience
    ${GetParameters} $R7
    ClearErrors
    ${GetOptions} $R7 "/UPDATE" $R8
    ${IfNot} ${Errors}
      StrCpy $R6 120
    ${EndIf}
    ${For} $R8 1 2
      StrCpy $R9 "$INSTDIR\program\jangteo.exe"
      ${If} $R8 == 2
        StrCpy $R9 "$INSTDIR\program\JangteoPOS.exe"
      ${EndIf}
      ${If} ${FileExists} "$R9"
        again:
        ClearErrors
        FileOpen $R7 "$R9" a
        ${If} ${Errors}
          ${If} $R6 > 0
            IntOp $R6 $R6 - 1
            Sleep 500
            Goto again
          ${EndIf}
          MessageBox MB_OK|MB_ICONEXCLAMATION "$(OPEN)" /SD IDOK
          SetErrorLevel 1
          Abort
        ${EndIf}
        FileClose $R7
      ${EndIf}
    ${Next}
  FunctionEnd
!macroend
!insertmacro RefuseWhileOpen ""
!insertmacro RefuseWhileOpen "un."

Function .onInit
  ReadRegStr $R0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $R0 != ""
    ${VersionCompare} "$R0" "${VERSION}" $R1
    ${If} $R1 == 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(OLDER)" /SD IDOK
      SetErrorLevel 1
      Abort
    ${EndIf}
  ${EndIf}
  Call RefuseWhileOpen
FunctionEnd

; The new program is unpacked beside the old one and started once; only then do they change places.
Section
  Call RefuseWhileOpen ; a folder may have been chosen meanwhile
  RMDir /r "$INSTDIR\program.new"
  ClearErrors
  SetOutPath "$INSTDIR\program.new"
  File /r "${SOURCE}\*.*"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    Goto failed
  ${EndIf}
  nsExec::ExecToStack '"$INSTDIR\program.new\jangteo.exe" --version'
  Pop $0
  Pop $1
  ${If} $0 != "0"
    Goto failed
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\program\*.*"
    Rename "$INSTDIR\program" "$INSTDIR\program.old"
    ${If} ${Errors}
      Goto failed
    ${EndIf}
  ${EndIf}
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  ${If} ${Errors}
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
    Goto failed
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  ReadRegStr $R0 HKCU "Software\JangteoPOS" "menu"
  ${If} $R0 != ""
  ${AndIf} $R0 != "$(SHOP)" ; the setup before spoke another language
    RMDir /r "$SMPROGRAMS\$R0"
    Delete "$DESKTOP\$R0.lnk"
  ${EndIf}
  CreateDirectory "$SMPROGRAMS\$(SHOP)"
  CreateShortcut "$SMPROGRAMS\$(SHOP)\$(SHOP).lnk" "$INSTDIR\program\JangteoPOS.exe"
  CreateShortcut "$SMPROGRAMS\$(SHOP)\$(DEMO).lnk" "$INSTDIR\program\JangteoPOS.exe" "demo"
  CreateShortcut "$DESKTOP\$(SHOP).lnk" "$INSTDIR\program\JangteoPOS.exe"
  WriteRegStr HKCU "Software\JangteoPOS" "folder" "$INSTDIR"
  WriteRegStr HKCU "Software\JangteoPOS" "menu" "$(SHOP)"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "장터포스 Jangteo POS"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\program\JangteoPOS.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR\program" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
  Goto done

  failed:
    RMDir /r "$INSTDIR\program.new"
    MessageBox MB_OK|MB_ICONSTOP "$(FAILED)" /SD IDOK
    SetErrorLevel 2
    Abort
  done:
SectionEnd

Function un.onInit
  Call un.RefuseWhileOpen
  nsExec::ExecToStack '"$INSTDIR\program\jangteo.exe" update --may-remove'
  Pop $0
  Pop $1
  ${If} $0 == "0"
    Return
  ${EndIf}
  ${GetParameters} $R0
  ${If} ${Silent}
    ${For} $R2 1 2 ; each asked by itself: GetOptions forgets the errors before it
      StrCpy $R3 "/LEAVE_UNSENT"
      ${If} $R2 == 2
        StrCpy $R3 "/REALLY"
      ${EndIf}
      ClearErrors
      ${GetOptions} $R0 "$R3" $R1
      ${If} ${Errors}
        SetErrorLevel 1
        Abort
      ${EndIf}
    ${Next}
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(UNSENT)" IDYES +3
    SetErrorLevel 1
    Abort
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(REALLY)" IDYES +3
    SetErrorLevel 1
    Abort
FunctionEnd

; The data folder (%LOCALAPPDATA%\jangteo) is the person's own and stays.
Section Uninstall
  ReadRegStr $R0 HKCU "Software\JangteoPOS" "menu"
  ${If} $R0 != ""
    RMDir /r "$SMPROGRAMS\$R0"
    Delete "$DESKTOP\$R0.lnk"
  ${EndIf}
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.new"
  RMDir /r "$INSTDIR\program.old"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\JangteoPOS"
SectionEnd
