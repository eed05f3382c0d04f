// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.saving.Saving;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.scenario.DatapathSpec;

/**
 * Opens what the user names, by dialog, from the recent ones or by dropping it on the window: asks
 * first when something would be lost.
 */
final class Files {
  private final Stage stage;
  private final MainViewModel model;
  private final Saving saving;
  private final PreferenceStore preferences;
  private final Consumer<Path> lesson;
  private final RecentFolder folder;
  private final Texts texts = Texts.of(Files.class);

  /**
   * Part of {@link Personal}.
   *
   * @param lesson opens a lesson's folder or file, or a folder of lessons
   */
  Files(
      Stage stage,
      MainViewModel model,
      Saving saving,
      PreferenceStore preferences,
      Consumer<Path> lesson) {
    this.lesson = lesson;
    this.stage = stage;
    this.model = model;
    this.saving = saving;
    this.preferences = preferences;
    this.folder = new RecentFolder(model.work(), preferences);
  }

  /** Opens a capture or a session. */
  void open(String path) {
    String key = Path.of(path).toAbsolutePath().normalize().toString();
    String scenario = preferences.get().scenarios().getOrDefault(key, "");
    saving.guard(() -> model.open(path, scenario.isEmpty() ? null : scenario, 0, 0));
  }

  /** Asks for a capture or a session and opens it. */
  void askForCapture() {
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
    File file = chooser.showOpenDialog(stage);
    if (file != null) {
      open(file.getPath());
    }
  }

  /** Asks where to write a session. */
  @Nullable File askWhereToSave(@Nullable File proposed) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("save.title"));
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter("Tailwalk", "*" + SessionFile.SUFFIX));
    if (proposed != null) {
      File folder = proposed.getAbsoluteFile().getParentFile();
      if (folder != null && folder.isDirectory()) {
        chooser.setInitialDirectory(folder);
      }
      chooser.setInitialFileName(proposed.getName());
    }
    return chooser.showSaveDialog(stage);
  }

  /** The menu of recent files. */
  MenuButton recent() {
    MenuButton menu = new MenuButton(null, Icon.RECENT.node(13));
    menu.getStyleClass().add("icon-menu");
    menu.setId("recent");
    menu.setAccessibleText(texts.get("recent.tip"));
    menu.setTooltip(new javafx.scene.control.Tooltip(texts.get("recent.tip")));
    menu.setOnShowing(_ -> fill(menu));
    fill(menu);
    return menu;
  }

  private void fill(MenuButton menu) {
    menu.getItems().clear();
    List<String> recent = preferences.get().recent();
    for (String path : recent) {
      Path file = Path.of(path);
      MenuItem item = new MenuItem(file.getFileName() + "  ·  " + file.getParent());
      item.setMnemonicParsing(false);
      item.setOnAction(_ -> again(path));
      menu.getItems().add(item);
    }
    MenuItem last = new MenuItem(texts.get(recent.isEmpty() ? "recent.none" : "recent.clear"));
    last.setDisable(recent.isEmpty());
    last.setOnAction(_ ->
        preferences.change(p -> {
          var now = p;
          for (String path : p.recent()) {
            now = now.forgotten(path);
          }
          return now;
        }));
    if (!recent.isEmpty()) {
      menu.getItems().add(new SeparatorMenuItem());
    }
    menu.getItems().add(last);
  }

  /** Opens the file before the one that is open. */
  void reopen() {
    List<String> recent = preferences.get().recent();
    if (recent.size() > 1) {
      again(recent.get(1));
    }
  }

  private void again(String path) {
    if (!java.nio.file.Files.isReadable(Path.of(path))) {
      preferences.change(p -> p.forgotten(path));
      model.status().fail(texts.get("recent.gone", path));
      return;
    }
    open(path);
  }

  /** Takes files that are dropped on the window. */
  void takeDrops(Scene scene) {
    scene.setOnDragOver(event -> {
      if (event.getDragboard().hasFiles()) {
        event.acceptTransferModes(TransferMode.COPY);
      }
      event.consume();
    });
    scene.setOnDragDropped(event -> {
      Dragboard board = event.getDragboard();
      boolean taken = board.hasFiles() && !board.getFiles().isEmpty();
      event.setDropCompleted(taken);
      event.consume();
      if (taken) {
        List<Path> files = board.getFiles().stream().map(File::toPath).toList();
        // The other program waits for an answer: what takes long comes afterwards.
        Platform.runLater(() -> dropped(files));
      }
    });
  }

  /** One is taken; of several nobody could say which was meant. */
  private void dropped(List<Path> files) {
    // The keys go on here, where the file now is, no longer in the file manager.
    stage.requestFocus();
    if (files.size() > 1) {
      model.status().fail(texts.get("drop.several", files.size()));
    } else {
      dropped(files.getFirst());
    }
  }

  /**
   * What a dropped file is goes by its name: an object, a scenario, a lesson, else a capture or
   * session, which says itself when it is none.
   */
  void dropped(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (java.nio.file.Files.isDirectory(file) || name.endsWith(".md")) {
      lesson.accept(file);
      return;
    }
    if (name.endsWith(".o") || name.endsWith(".json")) {
      if (model.scenario().scenarioProperty().get() == null) {
        model.status().fail(texts.get("drop.first", file.toString()));
      } else if (name.endsWith(".o")) {
        model.scenario().choose(DatapathSpec.parse(file.toString()));
      } else {
        model.load(file);
      }
      return;
    }
    open(file.toString());
  }
}
