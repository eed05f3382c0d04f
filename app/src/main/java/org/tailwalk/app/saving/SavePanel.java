// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.text.Texts;

/** Asks where a session is to be saved, and with what in it. */
public final class SavePanel extends VBox {
  private static final double WIDTH = 560;

  private final Texts texts = Texts.of(SavePanel.class);
  private final PlaceViewModel place;
  private final TextField file = new TextField();
  private final CheckBox copy = new CheckBox();
  private final Label exists = new Label();
  private final Button save = new Button();

  /**
   * A panel.
   *
   * @param capture the capture's file, for its size
   * @param browse asks for a file with the desktop's own dialog; empty when the user gave up
   * @param chosen hears where, and whether with copies
   */
  public SavePanel(
      SavingViewModel model,
      Optional<Path> capture,
      Function<Optional<Place>, Optional<File>> browse,
      BiConsumer<Path, Boolean> chosen,
      Runnable cancel) {
    super(10);
    this.place = new PlaceViewModel(model.work());
    getStyleClass().add("overlay");
    setMaxSize(WIDTH, USE_PREF_SIZE);
    setPrefWidth(WIDTH);
    Label title = new Label(texts.get("panel.title"));
    title.getStyleClass().add("empty-title");
    Label name = new Label(texts.get("panel.file"));
    name.setLabelFor(file);
    name.setMinWidth(Region.USE_PREF_SIZE);
    file.setId("session-file");
    file.setText(model.proposed().toString());
    file.setAccessibleText(texts.get("panel.file"));
    HBox.setHgrow(file, Priority.ALWAYS);
    Button other = new Button(texts.get("panel.browse"));
    other.setMinWidth(Region.USE_PREF_SIZE);
    other.setOnAction(_ ->
        browse
            .apply(place.placeProperty().get())
            .ifPresent(found -> file.setText(found.getPath())));
    HBox where = new HBox(8, name, file, other);
    where.setAlignment(Pos.CENTER_LEFT);
    String copied = model.object().isPresent() ? "panel.copy.object" : "panel.copy";
    copy.setText(model.mustCopy() ? texts.get("panel.copy.must") : texts.get(copied, "?"));
    capture
        .filter(_ -> !model.mustCopy())
        .ifPresent(path ->
            model.work().run(() -> size(path), size -> copy.setText(texts.get(copied, size))));
    copy.setSelected(model.mustCopy());
    copy.setDisable(model.mustCopy());
    Label lane =
        note(
            model.lane().map(l -> texts.get("panel.lane", l)).orElse(texts.get("panel.no-lane"))
                + (model.mustCopy() ? "" : " " + texts.get("panel.reference")));
    exists.getStyleClass().addAll("small", "warning-text");
    exists.managedProperty().bind(exists.visibleProperty());
    save.setText(texts.get("panel.save"));
    save.getStyleClass().add("primary");
    save.setDefaultButton(true);
    save.setOnAction(_ -> path().ifPresent(p -> chosen.accept(p, copy.isSelected())));
    Button never = new Button(texts.get("panel.cancel"));
    never.setOnAction(_ -> cancel.run());
    HBox buttons = new HBox(8, never, save);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(title, where, copy, lane, exists, buttons);
    place.placeProperty().addListener((_, _, now) -> show(now));
    file.textProperty().addListener((_, _, _) -> place.type(path()));
    show(Optional.empty());
    place.type(path());
  }

  static Label note(String text) {
    Label note = new Label(text);
    note.getStyleClass().addAll("muted", "small");
    note.setWrapText(true);
    note.setMinHeight(USE_PREF_SIZE);
    return note;
  }

  private static String size(Path file) {
    try {
      long bytes = Files.size(file);
      return bytes < 10_000
          ? Texts.of(SavePanel.class).get("panel.bytes", bytes)
          : bytes < 10_000_000
              ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
              : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    } catch (IOException e) {
      return "?";
    }
  }

  private Optional<Path> path() {
    try {
      String text = file.getText().strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(withSuffix(Path.of(text)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path withSuffix(Path path) {
    Path name = path.getFileName();
    return name == null || name.toString().contains(".")
        ? path
        : path.resolveSibling(name + SessionFile.SUFFIX);
  }

  private void show(Optional<Place> now) {
    save.setDisable(now.isEmpty());
    Optional<Place> replaced = now.filter(Place::exists);
    exists.setVisible(replaced.isPresent());
    exists.setText(
        replaced
            .map(p -> texts.get("panel.exists", String.valueOf(p.file().getFileName())))
            .orElse(""));
  }
}
