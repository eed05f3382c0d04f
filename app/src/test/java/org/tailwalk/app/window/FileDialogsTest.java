// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import javafx.stage.FileChooser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dialog comes up wherever it was to begin. */
final class FileDialogsTest {
  private static final File CHOSEN = new File("chosen.pcap");

  /** As JavaFX does it. */
  private static File show(FileChooser chooser) {
    File folder = chooser.getInitialDirectory();
    if (folder != null && !folder.isDirectory()) {
      throw new IllegalArgumentException("Folder parameter must be a valid folder");
    }
    return CHOSEN;
  }

  @Test
  void aFolderThatIsGoneDoesNotKeepItFromComingUp(@TempDir Path there) {
    FileChooser chooser = new FileChooser();
    chooser.setInitialDirectory(there.toFile());
    assertThat(FileDialogs.shown(chooser, FileDialogsTest::show)).contains(CHOSEN);
    assertThat(chooser.getInitialDirectory()).isEqualTo(there.toFile());
    chooser.setInitialDirectory(there.resolve("gone").toFile());
    assertThat(FileDialogs.shown(chooser, FileDialogsTest::show)).contains(CHOSEN);
  }

  @Test
  void otherMistakesAreNotHidden() {
    assertThatThrownBy(() ->
            FileDialogs.shown(
                new FileChooser(),
                _ -> {
                  throw new IllegalArgumentException("another");
                }))
        .hasMessage("another");
    assertThat(FileDialogs.shown(new FileChooser(), _ -> null)).isEmpty();
  }
}
