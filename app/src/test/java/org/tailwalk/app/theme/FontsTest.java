// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.text.Font;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.Program;

/** The window's own fonts, where the machine has no room for temporary files. */
class FontsTest {
  @TempDir Path folder;

  /** Tells which fonts there are once the window has loaded its own. */
  static final class Teller {
    private Teller() {}

    public static void main(String[] args) {
      Theme theme = new Theme(Theme.Mode.LIGHT);
      System.out.println(theme.modeProperty().get() + " " + Font.getFamilies());
      System.exit(0);
    }
  }

  @Test
  void fontsAreThereWithoutAFolderForTemporaryFiles() throws Exception {
    List<String> command = Program.java(Teller.class);
    command.add(1, "-Djava.io.tmpdir=" + folder.resolve("none"));
    ProcessBuilder program = new ProcessBuilder(command);
    program.environment().put("XDG_CACHE_HOME", folder.toString());
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("JetBrains Mono", "Inter");
  }
}
