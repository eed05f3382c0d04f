// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.text.Font;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.MountedDisk;
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

  /** Runs it with no folder for temporary files; what it said. */
  private static String tell(Path cache) throws Exception {
    List<String> command = Program.java(Teller.class);
    command.add(1, "-Djava.io.tmpdir=" + cache.resolve("none"));
    ProcessBuilder program = new ProcessBuilder(command);
    program.environment().put("XDG_CACHE_HOME", cache.toString());
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void fontsAreThereWithoutAFolderForTemporaryFiles() throws Exception {
    assertThat(tell(folder)).contains("JetBrains Mono", "Inter");
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void whereTheCacheIsFullAsWellTheWindowDoesWithoutThemAndLeavesNoPieceOfThem() throws Exception {
    try (MountedDisk _ = MountedDisk.at(folder, "64k")) {
      assertThat(tell(folder))
          .contains("the window does without its own fonts", "No space left on device");
      try (Stream<Path> left = Files.walk(folder.resolve("tailwalk"))) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }
}
