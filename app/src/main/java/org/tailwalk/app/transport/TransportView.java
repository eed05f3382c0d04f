// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import static javafx.scene.control.ContentDisplay.GRAPHIC_ONLY;
import static javafx.scene.control.ContentDisplay.LEFT;
import static javafx.scene.control.ContentDisplay.RIGHT;

import java.util.Locale;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.InsideWindow;
import org.tailwalk.app.theme.Theme;

/** The transport: its buttons, the speed, the position in words, and the strip below them. */
public final class TransportView extends VBox {
  private static final double SLOWEST = -2;
  private static final double FASTEST = 4;

  /** Below this, as beside an open drawer, buttons that everybody knows have no words. */
  private static final double CRAMPED = 800;

  private final TransportViewModel model;
  private final StripView strip;
  private final Clock clock;
  private final HBox added = new HBox(8);
  private final BooleanProperty narrow = new SimpleBooleanProperty();
  private final BooleanProperty cramped = new SimpleBooleanProperty();

  /** A view of {@code model}; {@link #strip} has to be told the capture. */
  public TransportView(TransportViewModel model, Theme theme) {
    this.model = model;
    this.strip = new StripView(theme, packet -> model.go(packet, true));
    this.clock = new Clock(model);
    getStyleClass().add("transport");
    setSpacing(6);
    // What it wants in a wide window must not keep the window from becoming narrow.
    setMinWidth(0);
    setPadding(new Insets(8, 12, 4, 12));
    HBox below = new HBox(12, strip);
    below.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(strip, Priority.ALWAYS);
    Label text = position();
    HBox bar = buttons();
    getChildren().addAll(bar, below);
    narrow.addListener((_, _, now) -> {
      bar.getChildren().remove(text);
      below.getChildren().remove(text);
      (now ? below : bar).getChildren().add(text);
    });
    bar.getChildren().add(text);
    widthProperty()
        .addListener((_, _, now) -> {
          // Widths change while a layout runs, which takes no wish for another one.
          boolean little = now.doubleValue() < CRAMPED;
          Platform.runLater(() -> cramped.set(little));
        });
    model.positionProperty().addListener((_, _, now) -> strip.setPacket(now.packet()));
    // A clock that ticks keeps JavaFX drawing: it runs only while something moves.
    model
        .runningProperty()
        .addListener((_, _, now) -> {
          if (now) {
            clock.begin();
          } else {
            clock.stop();
          }
        });
  }

  /** Stops the clock: the window is closed. */
  public void dispose() {
    clock.stop();
  }

  /** In a narrow window the position stands beside the strip, not beside the buttons. */
  public void setNarrow(boolean now) {
    narrow.set(now);
  }

  /** Whether the position stands beside the strip for want of room. */
  public ReadOnlyBooleanProperty narrowProperty() {
    return narrow;
  }

  /** The strip. */
  public StripView strip() {
    return strip;
  }

  private HBox buttons() {
    Button first = button(null, Icon.FIRST, word("first"), model::first);
    Button back = button(word("step"), Icon.STEP_BACK, word("step-back.tip"), model::stepBack);
    Button play = button(word("play"), Icon.PLAY, word("play.tip"), model::togglePlay);
    play.getStyleClass().add("primary");
    Node playing = Icon.PAUSE.node(11);
    Node paused = Icon.PLAY.node(11);
    play.setGraphic(paused);
    model
        .playingProperty()
        .addListener((_, _, now) -> {
          play.setText(word(now ? "pause" : "play"));
          play.setGraphic(now ? playing : paused);
        });
    Button step = button(word("step"), Icon.STEP, word("step.tip"), model::stepForward);
    back.contentDisplayProperty().bind(cramped.map(c -> c ? GRAPHIC_ONLY : LEFT));
    step.contentDisplayProperty().bind(cramped.map(c -> c ? GRAPHIC_ONLY : RIGHT));
    play.contentDisplayProperty().bind(cramped.map(c -> c ? GRAPHIC_ONLY : LEFT));
    play.minWidthProperty().bind(cramped.map(c -> c ? 44 : 86));
    Button last = button(null, Icon.LAST, word("last"), model::last);
    Button drop = button(word("drop"), Icon.EXPRESS, word("drop.tip"), model::nextDrop);
    Button differs =
        button(word("differs"), Icon.EXPRESS, word("differs.tip"), model::nextDivergence);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label said = new Label();
    said.getStyleClass().addAll("muted", "small");
    said.textProperty().bind(model.saidProperty());
    HBox bar =
        new HBox(
            8, first, back, play, step, last, stepBy(), speed(), drop, differs, added, said, space);
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  /** Adds a button behind those that express. */
  public void addButton(Region button) {
    added.getChildren().add(button);
  }

  private Label position() {
    Label text = new Label();
    text.getStyleClass().add("mono");
    text.textProperty().bind(model.textProperty());
    text.setMinWidth(Region.USE_PREF_SIZE);
    text.setTooltip(new Tooltip(word("time.tip")));
    return text;
  }

  private static Button button(@Nullable String words, Icon icon, String what, Runnable action) {
    Button button = new Button(words, icon.node(11));
    button.setTooltip(new Tooltip(what));
    button.setAccessibleText(what);
    button.setFocusTraversable(true);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private MenuButton stepBy() {
    MenuButton chooser = new MenuButton();
    InsideWindow.keep(chooser);
    chooser.setMinWidth(Region.USE_PREF_SIZE);
    chooser.setTooltip(new Tooltip(word("by.tip")));
    ToggleGroup group = new ToggleGroup();
    for (StepBy by : StepBy.values()) {
      RadioMenuItem item = new RadioMenuItem(by.label() + "  ·  " + by.about());
      item.setToggleGroup(group);
      item.setSelected(by == model.stepByProperty().get());
      item.setOnAction(_ -> model.stepByProperty().set(by));
      chooser.getItems().add(item);
    }
    chooser
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> {
                  String by = model.stepByProperty().get().label();
                  return cramped.get() ? by : word("by", by);
                },
                model.stepByProperty(),
                cramped));
    return chooser;
  }

  private HBox speed() {
    Label name = new Label(word("speed"));
    name.getStyleClass().add("muted");
    name.setMinWidth(Region.USE_PREF_SIZE);
    Slider slider = new Slider(SLOWEST, FASTEST, 0);
    slider.setPrefWidth(110);
    slider.setMinWidth(46);
    slider.setBlockIncrement(0.5);
    slider.setAccessibleText(word("speed"));
    Label value = new Label();
    value.getStyleClass().add("mono");
    value.setMinWidth(64);
    slider.valueProperty().addListener((_, _, v) -> model.speedProperty().set(speedOf(v)));
    value
        .textProperty()
        .bind(
            model
                .speedProperty()
                .map(v ->
                    String.format(
                        Locale.ROOT,
                        v.doubleValue() < 1 ? "%.2f× %s" : "%.1f× %s",
                        v.doubleValue(),
                        word(model.eased() ? "speed.run" : "speed.fast"))));
    slider.setTooltip(new Tooltip(word("speed.tip")));
    value.managedProperty().bind(cramped.not());
    value.visibleProperty().bind(value.managedProperty());
    name.managedProperty().bind(cramped.not());
    name.visibleProperty().bind(name.managedProperty());
    HBox box = new HBox(6, name, slider, value);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  /** Quarter steps of a doubling scale: 0.25× to 16×. */
  private static double speedOf(Number slider) {
    return Math.pow(2, Math.round(slider.doubleValue() * 4) / 4.0);
  }

  private static final class Clock extends AnimationTimer {
    private final TransportViewModel model;
    private long last;

    /** From now on. */
    void begin() {
      last = 0;
      start();
    }

    Clock(TransportViewModel model) {
      this.model = model;
    }

    @Override
    public void handle(long now) {
      if (last != 0 && model.running()) {
        model.tick((now - last) / 1e9);
      }
      last = now;
    }
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(TransportView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
