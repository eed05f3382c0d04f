// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.prefs;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.tailwalk.app.text.Texts;

/** The drawer's page of preferences; every change holds at once. */
public final class PreferencesView extends ScrollPane {
  private static final List<String> LANGUAGES = List.of("", "en", "ko", "zh");

  private final PreferenceStore store;
  private final ReadOnlyDoubleProperty worn;
  private final Texts texts = Texts.of(PreferencesView.class);
  private boolean showing;

  /**
   * A page on {@code store}.
   *
   * @param worn how large everything is now, 1 for usual: less than asked for in a small window
   * @param resetLayout lays the panes out as they were made
   */
  public PreferencesView(PreferenceStore store, ReadOnlyDoubleProperty worn, Runnable resetLayout) {
    this.store = store;
    this.worn = worn;
    getStyleClass().add("bare-scroll");
    setFitToWidth(true);
    VBox page = new VBox(16);
    page.getStyleClass().add("drawer-page");
    page.setPadding(new Insets(12));
    page.getChildren()
        .addAll(
            choice("theme", Preferences.Look.values(), Preferences::theme, Preferences::withTheme),
            scale(),
            choice(
                "motion",
                Preferences.Motion.values(),
                Preferences::motion,
                Preferences::withMotion),
            language(),
            panes(resetLayout));
    setContent(page);
  }

  private VBox section(String name) {
    Label title = new Label(texts.get(name + ".title"));
    title.getStyleClass().add("strong");
    return new VBox(6, title);
  }

  private <E extends Enum<E>> VBox choice(
      String name,
      E[] all,
      Function<Preferences, E> read,
      java.util.function.BiFunction<Preferences, E, Preferences> write) {
    VBox section = section(name);
    ToggleGroup group = new ToggleGroup();
    for (E one : all) {
      String key = name + "." + one.name().toLowerCase(Locale.ROOT);
      RadioButton button = new RadioButton(texts.get(key));
      button.setId("preference-" + key.replace('.', '-'));
      button.setToggleGroup(group);
      button.setWrapText(true);
      button.setOnAction(_ -> set(p -> write.apply(p, one)));
      store.property().addListener((_, _, now) -> button.setSelected(read.apply(now) == one));
      button.setSelected(read.apply(store.get()) == one);
      section.getChildren().add(button);
    }
    return section;
  }

  private VBox scale() {
    VBox section = section("scale");
    Slider slider = new Slider(Preferences.MIN_SCALE, Preferences.MAX_SCALE, store.get().scale());
    slider.setId("preference-scale");
    slider.setBlockIncrement(10);
    slider.setMajorTickUnit(20);
    slider.setMinorTickCount(1);
    slider.setSnapToTicks(true);
    slider.setAccessibleText(texts.get("scale.title"));
    HBox.setHgrow(slider, Priority.ALWAYS);
    Label value = new Label();
    value.getStyleClass().add("mono");
    value.setMinWidth(44);
    // Everything moves below the mouse while it drags: the size is taken when it lets go.
    slider
        .valueProperty()
        .addListener((_, _, now) -> {
          value.setText(Math.round(now.doubleValue() / 10) * 10 + " %");
          if (!slider.isValueChanging() && !showing) {
            set(p -> p.withScale((int) Math.round(now.doubleValue() / 10) * 10));
          }
        });
    slider
        .valueChangingProperty()
        .addListener((_, _, now) -> {
          if (!now) {
            set(p -> p.withScale((int) Math.round(slider.getValue() / 10) * 10));
          }
        });
    store
        .property()
        .addListener((_, _, now) -> {
          showing = true;
          slider.setValue(now.scale());
          showing = false;
        });
    value.setText(store.get().scale() + " %");
    Label keys = new Label(texts.get("scale.keys"));
    keys.getStyleClass().addAll("muted", "small");
    Label room = new Label();
    room.getStyleClass().addAll("muted", "small");
    room.setWrapText(true);
    room.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> texts.get("scale.room", (int) Math.floor(worn.get() * 100)), worn));
    room.visibleProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> store.get().scale() / 100.0 - worn.get() > 0.005, worn, store.property()));
    room.managedProperty().bind(room.visibleProperty());
    section.getChildren().addAll(new HBox(8, slider, value), room, keys);
    return section;
  }

  private VBox language() {
    VBox section = section("language");
    ComboBox<String> box = new ComboBox<>();
    box.setId("preference-language");
    box.getItems().addAll(LANGUAGES);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(String code) {
            return code == null
                ? ""
                : texts.get(code.isEmpty() ? "language.system" : "language." + code);
          }

          @Override
          public String fromString(String text) {
            return text;
          }
        });
    box.setValue(LANGUAGES.contains(store.get().language()) ? store.get().language() : "");
    box.setOnAction(_ -> set(p -> p.withLanguage(box.getValue())));
    Label later = new Label(texts.get("language.later"));
    later.getStyleClass().addAll("muted", "small");
    later.setWrapText(true);
    section.getChildren().addAll(box, later);
    return section;
  }

  private VBox panes(Runnable resetLayout) {
    VBox section = section("panes");
    Button reset = new Button(texts.get("panes.reset"));
    reset.setOnAction(_ -> resetLayout.run());
    section.getChildren().add(reset);
    return section;
  }

  private void set(UnaryOperator<Preferences> how) {
    store.change(how);
  }
}
