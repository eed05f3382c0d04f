// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.util.Optional;
import java.util.function.Function;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.saving.Place;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.text.Texts;

/** The desktop's own dialogs for captures and sessions. They ask no disk where to begin. */
final class FileDialogs {
  private final Stage stage;
  private final RecentFolder folder;
  private final Texts texts = Texts.of(FileDialogs.class);

  /** Over {@code stage}. */
  FileDialogs(Stage stage, RecentFolder folder) {
    this.stage = stage;
    this.folder = folder;
  }

  /** Asks for a capture or a session; empty when the user gave up. */
  Optional<File> open() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("open.title"));
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                texts.get("open.captures"),
                "*.pcap",
                "*.pcapng",
                "*.cap",
                "*.pcap.gz",
                "*.pcapng.gz",
                "*" + SessionFile.SUFFIX),
            new FileChooser.ExtensionFilter(texts.get("open.all"), "*"));
    folder.get().ifPresent(chooser::setInitialDirectory);
    return shown(chooser, c -> c.showOpenDialog(stage));
  }

  /** Asks where to write a session, beginning at what was proposed. */
  Optional<File> save(Optional<Place> proposed) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("save.title"));
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter("Tailwalk", "*" + SessionFile.SUFFIX));
    proposed.ifPresent(place -> {
      place.folder().ifPresent(chooser::setInitialDirectory);
      chooser.setInitialFileName(String.valueOf(place.file().getFileName()));
    });
    return shown(chooser, c -> c.showSaveDialog(stage));
  }

  /**
   * Shows a dialog; empty when the user gave up. The folder that it is to begin in may be gone
   * since it was last seen, which JavaFX takes for a mistake of the program: then it begins
   * anywhere.
   */
  static Optional<File> shown(FileChooser chooser, Function<FileChooser, @Nullable File> show) {
    try {
      return Optional.ofNullable(show.apply(chooser));
    } catch (IllegalArgumentException e) {
      if (chooser.getInitialDirectory() == null) {
        throw e;
      }
      chooser.setInitialDirectory(null);
      return Optional.ofNullable(show.apply(chooser));
    }
  }
}
