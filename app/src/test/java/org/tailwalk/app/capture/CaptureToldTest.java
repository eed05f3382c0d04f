// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.text.Told;

/** What can't be opened is told in the reader's language, and in English by its message. */
final class CaptureToldTest {
  @TempDir Path folder;

  @Test
  void whatIsNoCaptureIsToldInEachLanguage() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pcap"));
    Path json = Files.writeString(folder.resolve("some.json"), "{}");
    for (String path :
        List.of(
            folder.resolve("none.pcap").toString(),
            folder.toString(),
            empty.toString(),
            json.toString())) {
      told(
          catchThrowableOfType(
              CaptureException.class, () -> Capture.open(path, (_, _) -> {}).close()),
          "open capture: " + path + ": ");
    }
    told(
        catchThrowableOfType(SessionException.class, () -> SessionFile.open(json)),
        "open session: " + json + ": ");
  }

  private static <E extends Exception & Told> void told(E e, String begins) {
    assertThat(e).hasMessageStartingWith(begins);
    assertThat(e.told().english()).isEqualTo(e.getMessage());
    for (Locale language : List.of(Locale.KOREAN, Locale.CHINESE)) {
      String said = e.told().in(language);
      assertThat(said.codePoints()).as(said).anyMatch(c -> c >= 0x2E80);
      assertThat(said).doesNotContain(begins);
    }
  }
}
