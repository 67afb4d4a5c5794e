package io.sessionbridge.sink.command.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of a command are parted by blanks; U is the name of a user, T a text with it. */
class InterpretersTest {

  private static Optional<String> problem(String line) {
    List<Argument> command =
        Stream.of(line.split(" ", -1))
            .map(word -> word.equals("U") ? "${user_name}" : word)
            .map(word -> word.equals("T") ? "echo ${user_name}" : word)
            .map(Argument::of)
            .toList();
    return Interpreters.problem(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh -c T",
        "/bin/sh -c -x T",
        "/bin/sh -cx T",
        "/bin/sh -xc T",
        "/bin/bash -e -o pipefail -c T",
        "/bin/bash -c T sh U",
        "/bin/bash --rcfile U -c true",
        "/bin/bash -O U /opt/a.sh",
        "/bin/bash --init-file /x -x U",
        "/bin/sh U",
        "/bin/sh -- U",
        "/bin/sh -x U /opt/a.sh",
        "/bin/sh -Q /opt/a.sh U",
        "/usr/local/bin/bash-5.2 -c T",
        "/usr/bin/env sh -c T",
        "/usr/bin/env A=1 bash -c T",
        "/usr/bin/env U",
        "/usr/bin/env A=${user_name} /opt/a",
        "/usr/bin/env -S T",
        "/usr/bin/env -S /opt/a U",
        "/usr/bin/sudo -u kim /bin/sh -c T",
        "/usr/bin/sudo -s /opt/a U",
        "/usr/bin/nice -n 5 sh -c T",
        "/usr/bin/nice -n 5 U",
        "/usr/bin/setsid /bin/sh -c T",
        "/usr/bin/timeout 5 dash -c T",
        "/usr/bin/timeout 5 apply U",
        "/usr/sbin/chroot /srv/root sh -c T",
        "/usr/bin/nice /usr/bin/env /bin/sh -c T",
        "/usr/bin/docker exec box sh -c T",
        "/usr/bin/find /srv -name x -exec sh -c T",
        "/bin/busybox sh -c T",
        "/bin/busybox echo U",
        "/opt/launch /bin/sh -c T",
        "/usr/bin/python3 -c T",
        "/usr/bin/python3.11 -c T",
        "/usr/bin/python3 -B -c T",
        "/usr/bin/python3 -m timeit U",
        "/usr/bin/python3 -W U /opt/a.py",
        "/usr/bin/python3 U",
        "C:\\Python\\python.exe -c T",
        "/usr/bin/perl -e T",
        "/usr/bin/perl -we T",
        "/usr/bin/perl -MPOSIX -e T",
        "/usr/bin/perl -e 1 U",
        "/usr/bin/perl -ne 1 U",
        "/usr/bin/perl -e1 U",
        "/usr/bin/perl -M${user_name} /opt/a.pl",
        "/usr/bin/ruby -e T",
        "/usr/bin/ruby -e 1 U",
        "/usr/bin/node -e T",
        "/usr/bin/node --eval T",
        "/usr/bin/node -p T",
        "/usr/bin/node -r U /opt/a.js",
        "/usr/bin/node -e 1 U",
        "/usr/bin/node --require=${user_name} /opt/a.js",
        "/usr/bin/php -r T",
        "/usr/bin/lua5.4 -e T",
        "/usr/bin/lua5.4 -e 1 -- U",
        "/usr/bin/awk T",
        "/usr/bin/awk -f /opt/a.awk U",
        "/bin/sed -n T",
        "/usr/bin/ssh host U",
        "/bin/su kim -c T",
        "/usr/bin/psql -c T",
        "/usr/bin/xargs -a /x U",
        "/usr/bin/script -c T",
        "/bin/sh -c - T",
        "/bin/sh - U",
        "/usr/bin/bash-static -c T",
        "/usr/bin/python3-dbg -c T",
        "/usr/bin/python3.11-dbg -c T",
        "/usr/bin/pwsh-preview -Command T",
        "/bin/busybox.static sh -c T",
        "/bin/busybox-static echo U",
        "/usr/bin/julia -e T",
        "/usr/bin/julia -e 1 U",
        "/usr/bin/julia --load U /opt/a.jl",
        "/usr/bin/R -e T",
        "/usr/lib/R/bin/R -f /opt/a.R U",
        "C:\\R\\bin\\Rscript.exe -e T",
        "/usr/bin/guile -c T",
        "/usr/bin/guile3.0 -c T",
        "/usr/bin/erl -noshell -eval T",
        "/usr/bin/tmux new-session -d T",
        "/usr/bin/screen -dm sh -c T",
        "/usr/bin/xterm -e T",
        "C:\\W\\wt.exe new-tab U",
        "/usr/bin/nice script -c T",
        "C:\\Windows\\System32\\cmd.exe /c echo U",
        "C:\\Windows\\System32\\CMD.EXE /d /s /c T",
        "C:\\Windows\\System32\\cmd /k U",
        "C:\\Windows\\System32\\cmd.exe. /c U",
        "C:\\it\\apply.cmd U",
        "C:\\it\\APPLY.BAT. U",
        "C:\\it\\APPLY~1 U",
        "C:\\it\\apply.txt:x.bat U",
        "C:\\tools\\nice.exe C:\\it\\apply.bat U",
        "C:\\tools\\launch.exe C:\\it\\apply.bat U",
        "C:\\W\\powershell.exe U",
        "C:\\W\\powershell.exe -Command T",
        "C:\\W\\powershell.exe -c T",
        "C:\\W\\powershell.exe /Command T",
        "C:\\W\\powershell.exe \u2013Command T",
        "C:\\W\\powershell.exe -EncodedCommand U",
        "C:\\W\\powershell.exe -enc U",
        "C:\\W\\powershell.exe -Command Write-Host -File C:\\a.ps1 U",
        "C:\\W\\powershell.exe Write-Host -File C:\\a.ps1 U",
        "C:\\W\\powershell.exe -ExecutionPolicy U -File C:\\a.ps1",
        "C:\\W\\powershell.exe -Unknown x -File C:\\a.ps1 U",
        "C:\\W\\powershell.exe -File U",
        "C:\\W\\pwsh.exe -cwa T",
        "C:\\Windows\\System32\\wscript.exe C:\\a.vbs U",
        "C:\\Windows\\System32\\cscript.exe //nologo C:\\a.vbs U",
        "C:\\Windows\\System32\\mshta.exe U",
        "C:\\Windows\\System32\\rundll32.exe a.dll,b U",
      })
  void letsNoEventWriteWhatIsRun(String line) {
    assertThat(problem(line)).as(line).isPresent();
    assertThat(problem(line).orElseThrow()).startsWith("must ");
  }

  /** The input of a command is its event. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh",
        "/bin/sh -",
        "/bin/sh -x",
        "/bin/sh -s U",
        "/bin/sh /dev/stdin",
        "/usr/bin/env bash",
        "/usr/bin/sudo -i",
        "/usr/bin/python3",
        "/usr/bin/python3 -",
        "/usr/bin/python3 -i /opt/a.py",
        "/usr/bin/python3-dbg",
        "/bin/bash-static -",
        "/usr/bin/julia",
        "/usr/bin/julia -i /opt/a.jl",
        "/usr/bin/R --no-save",
        "/usr/bin/guile",
        "/usr/bin/erl",
        "/usr/bin/perl",
        "/usr/bin/node",
        "/usr/bin/at now",
        "/bin/su kim",
        "C:\\Windows\\System32\\cmd.exe",
        "C:\\Windows\\System32\\cmd.exe /q",
        "C:\\Windows\\System32\\cmd.exe /k dir",
        "C:\\Windows\\System32\\cmd.exe /d/k dir",
        "C:\\W\\powershell.exe",
        "C:\\W\\powershell.exe -NoProfile",
        "C:\\W\\powershell.exe -Command -",
        "C:\\W\\powershell.exe -File -",
        "C:\\W\\powershell.exe -NoExit -File C:\\a.ps1",
      })
  void letsNoInterpreterReadTheEventAsCommands(String line) {
    assertThat(problem(line)).as(line).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh -c echo sh U",
        "/bin/sh -ec echo sh U",
        "/bin/bash -euo pipefail -c echo sh U",
        "/bin/sh /opt/a.sh U",
        "/bin/sh -x /opt/a.sh -c U",
        "/bin/sh -- /opt/a.sh U",
        "/bin/sh - /opt/a.sh U",
        "/bin/sh -c - true sh U",
        "/usr/bin/julia /opt/a.jl U",
        "/usr/bin/julia -e 1 -- U",
        "/usr/bin/Rscript /opt/a.R U",
        "/usr/bin/R -f /opt/a.R",
        "/usr/bin/guile -c 1 U",
        "/usr/bin/guile /opt/a.scm U",
        "/usr/bin/erl -noshell -run a",
        "/opt/it/screen U",
        "/opt/apply --user U",
        "/opt/script U",
        "/usr/bin/nice -n 5 /opt/script U",
        "/opt/apply T",
        "/opt/apply --shell /bin/bash",
        "/usr/bin/env A=1 /opt/apply U",
        "/usr/bin/sudo -u kim /opt/apply U",
        "/usr/bin/nice -n 5 /opt/apply U",
        "/usr/bin/timeout 5 /bin/sh /opt/a.sh U",
        "/usr/bin/python3 /opt/a.py U",
        "/usr/bin/python3 -c 1 U",
        "/usr/bin/python3 -u -W ignore /opt/a.py U",
        "/usr/bin/perl -w /opt/a.pl U",
        "/usr/bin/perl -e 1 -- U",
        "/usr/bin/perl -ne print",
        "/usr/bin/node /opt/a.js U",
        "/usr/bin/node -e 1 -- U",
        "/usr/bin/awk {print}",
        "/usr/bin/psql -f /opt/a.sql",
        "C:\\Windows\\System32\\cmd.exe /c dir",
        "C:\\Windows\\System32\\cmd.exe /d/s/c dir",
        "C:\\it\\apply.cmd --all",
        "C:\\it\\apply.exe U",
        "C:\\PROGRA~1\\it\\apply.exe U",
        "C:\\W\\powershell.exe -File C:\\a.ps1 U",
        "C:\\W\\powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\a.ps1 -User U",
        "C:\\W\\powershell.exe -NoProfile -Command Get-Date",
        "C:\\W\\pwsh.exe -nop -f C:\\a.ps1 U",
        "C:\\Windows\\System32\\cscript.exe C:\\a.vbs",
        "/usr/bin/scontrol update NodeName=${host_name} ActiveFeatures=idle",
      })
  void passesFieldsAsDataOfTheirOwn(String line) {
    assertThat(problem(line)).as(line).isEmpty();
  }
}
