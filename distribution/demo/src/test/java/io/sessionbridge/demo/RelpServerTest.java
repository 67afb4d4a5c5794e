package io.sessionbridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelpServerTest {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("messages");
  }

  /** What is answered to what a client sends before it goes. */
  private String serve(String sent) throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    new RelpServer(
            new ByteArrayInputStream(sent.getBytes(UTF_8)), answers, MessageFile.open(file()))
        .serve();
    return answers.toString(UTF_8);
  }

  @Test
  void writesMessagesAndAcknowledgesThem() throws Exception {
    String sent =
        """
        1 open 30 relp_version=0
        commands=syslog
        2 syslog 8 Tür auf
        3 syslog 5 a
        b c
        4 close 0
        """;

    assertThat(serve(sent))
        .isEqualTo(
            """
            1 rsp 70 200 OK
            relp_version=0
            relp_software=sessionbridge-demo
            commands=syslog
            2 rsp 6 200 OK
            3 rsp 6 200 OK
            4 rsp 0
            0 serverclose 0
            """);
    assertThat(Files.readString(file())).isEqualTo("Tür auf\na#012b c\n");
  }

  @Test
  void refusesACommandThatItDoesNotKnow() throws Exception {
    assertThat(serve("1 starttls 0\n")).isEqualTo("1 rsp 28 500 unknown command starttls\n");
  }

  @Test
  void writesNothingOfAMessageThatDoesNotEnd() {
    assertThatThrownBy(() -> serve("1 syslog 9 half")).isInstanceOf(EOFException.class);
    assertThat(file()).isEmptyFile();
  }

  @Test
  void saysWhatIsNotRelp() {
    assertThatThrownBy(() -> serve("GET / HTTP/1.1\n"))
        .hasMessage("this is not RELP: expected a digit");
    assertThatThrownBy(() -> serve("1 syslog 1 ab\n"))
        .hasMessage("this is not RELP: expected a line feed after the data");
    assertThatThrownBy(() -> serve("1 syslog 2000000 "))
        .hasMessage("this is not RELP: expected at most 1048576 bytes");
    assertThat(file()).isEmptyFile();
  }

  @Test
  void continuesItsFileWithoutALineThatWasCut() throws Exception {
    serve("1 syslog 3 one\n2 syslog 3 two\n");
    Files.writeString(file(), "thr", StandardOpenOption.APPEND);

    serve("1 syslog 5 three\n");

    assertThat(Files.readString(file())).isEqualTo("one\ntwo\nthree\n");
  }
}
