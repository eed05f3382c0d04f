// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.scenario.DatapathSpec;

/**
 * Opens what the user names, by dialog, from the recent ones or by dropping it on the window: asks
 * first when something would be lost.
 */
final class Files {
  private final MainViewModel model;
  private final PreferenceStore preferences;
  private final Consumer<Runnable> guard;
  private final Supplier<Optional<File>> browse;
  private final Consumer<Path> lesson;
  private final Texts texts = Texts.of(Files.class);

  /** How many files were named; what the disk says of an earlier one is of no use any more. */
  private int named;

  /**
   * Part of {@link Personal}.
   *
   * @param guard goes on when nothing is lost by it, or when that may be
   * @param browse asks for a capture with the desktop's own dialog
   * @param lesson opens a lesson's folder or file, or a folder of lessons
   */
  Files(
      MainViewModel model,
      PreferenceStore preferences,
      Consumer<Runnable> guard,
      Supplier<Optional<File>> browse,
      Consumer<Path> lesson) {
    this.model = model;
    this.preferences = preferences;
    this.guard = guard;
    this.browse = browse;
    this.lesson = lesson;
  }

  /** Opens a capture or a session. */
  void open(String path) {
    named++;
    String key = Path.of(path).toAbsolutePath().normalize().toString();
    String scenario = preferences.get().scenarios().getOrDefault(key, "");
    guard.accept(() -> model.open(path, scenario.isEmpty() ? null : scenario, 0, 0));
  }

  /** Asks for a capture or a session and opens it. */
  void askForCapture() {
    browse.get().ifPresent(file -> open(file.getPath()));
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
    ask(
        java.nio.file.Files::isReadable,
        Path.of(path),
        there -> {
          if (there) {
            open(path);
          } else {
            preferences.change(p -> p.forgotten(path));
            model.status().fail(texts.get("recent.gone", path));
          }
        });
  }

  /**
   * Asks the disk in the background, where it may take its time; the answer is heard of unless
   * another file was named meanwhile.
   */
  private void ask(Predicate<Path> what, Path file, Consumer<Boolean> then) {
    int mine = ++named;
    model
        .work()
        .run(
            () -> what.test(file),
            answer -> {
              if (mine == named) {
                then.accept(answer);
              }
            });
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
        Platform.runLater(() -> {
          // The keys go on here, where the file now is, no longer in the file manager.
          scene.getWindow().requestFocus();
          dropped(files);
        });
      }
    });
  }

  /** One is taken; of several nobody could say which was meant. */
  private void dropped(List<Path> files) {
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
    ask(
        java.nio.file.Files::isDirectory,
        file,
        folder -> {
          if (folder || name.endsWith(".md")) {
            lesson.accept(file);
          } else if (name.endsWith(".o") || name.endsWith(".json")) {
            replayAgainst(file, name.endsWith(".o"));
          } else {
            open(file.toString());
          }
        });
  }

  private void replayAgainst(Path file, boolean object) {
    if (model.scenario().scenarioProperty().get() == null) {
      model.status().fail(texts.get("drop.first", file.toString()));
    } else if (object) {
      model.scenario().choose(DatapathSpec.parse(file.toString()));
    } else {
      model.load(file);
    }
  }
}
