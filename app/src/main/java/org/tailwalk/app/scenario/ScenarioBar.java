// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.scenario;

import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.session.OpenCapture.ScenarioChoice;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.InsideWindow;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/** The choosers, and the pills of the two lanes. */
public final class ScenarioBar {
  /** What a chosen name may take where room is short, pixels; its tooltip tells all of it. */
  private static final double NARROW = 190;

  private static final double BARE = 112;

  /** What the scenario's chooser keeps in any case; it has all that the filter can do without. */
  private static final double LEAST_SCENARIO = 172;

  private final ScenarioViewModel model;
  private final Supplier<@Nullable DatapathSpec> askForObject;
  private final BooleanProperty narrow = new SimpleBooleanProperty();
  private final BooleanProperty bare = new SimpleBooleanProperty();

  /**
   * Of {@code model}.
   *
   * @param askForObject asks the user for an object file; null when there is none after all
   */
  public ScenarioBar(ScenarioViewModel model, Supplier<@Nullable DatapathSpec> askForObject) {
    this.model = model;
    this.askForObject = askForObject;
  }

  /** In a narrow window the pills are their dots alone; their tooltips say of what. */
  public void setBare(boolean now) {
    bare.set(now);
  }

  /** Where room is short the choosers show what is chosen alone; their tooltips say of what. */
  public void setNarrow(boolean now) {
    narrow.set(now);
  }

  /** Scenario, capture point, kernel datapath and model era. */
  public Node[] choosers() {
    return new Node[] {scenarios(), points(), datapaths(), eras()};
  }

  private MenuButton scenarios() {
    MenuButton chooser =
        chooser(
            word("scenario"), model.scenarioNameProperty(), word("scenario.tip"), Term.SCENARIO);
    chooser.setOnShowing(_ -> {
      chooser.getItems().clear();
      ToggleGroup group = new ToggleGroup();
      for (ScenarioChoice choice : model.choices()) {
        RadioMenuItem item = new RadioMenuItem(choice.name());
        item.setToggleGroup(group);
        item.setSelected(choice.name().equals(model.scenarioNameProperty().get()));
        item.setOnAction(_ -> model.choose(choice));
        chooser.getItems().add(item);
      }
      if (model.choices().isEmpty()) {
        chooser.getItems().add(hint(word("scenario.none")));
      }
    });
    chooser.getItems().add(hint(""));
    return chooser;
  }

  private MenuButton points() {
    MenuButton chooser =
        chooser(
            word("point"),
            model.scenarioProperty().map(ScenarioBar::point).orElse("–"),
            word("point.tip"),
            Term.CAPTURE_POINT);
    ToggleGroup group = new ToggleGroup();
    for (CapturePoint point : CapturePoint.values()) {
      RadioMenuItem item = new RadioMenuItem(words(point) + "  ·  " + about(point));
      item.setToggleGroup(group);
      item.setOnAction(_ -> model.choose(point));
      chooser.getItems().add(item);
      chooser.addEventHandler(
          MenuButton.ON_SHOWING,
          _ -> {
            Scenario now = model.scenarioProperty().get();
            item.setSelected(now != null && now.capturePoint() == point);
          });
    }
    return chooser;
  }

  private static String point(@Nullable Scenario scenario) {
    return scenario == null ? "–" : words(scenario.capturePoint());
  }

  private static String words(CapturePoint point) {
    return switch (point) {
      case POD_VETH -> word("point.veth");
      case NODE_INTERFACE -> word("point.node");
      case ANY -> word("point.any");
    };
  }

  private static String about(CapturePoint point) {
    return switch (point) {
      case POD_VETH -> word("point.veth.about");
      case NODE_INTERFACE -> word("point.node.about");
      case ANY -> word("point.any.about");
    };
  }

  private MenuButton datapaths() {
    MenuButton chooser =
        chooser(
            word("kernel"),
            model
                .scenarioProperty()
                .map(s -> s == null ? "–" : shorten(s.datapath().toString()))
                .orElse("–"),
            word("kernel.tip"),
            Term.KERNEL_LANE);
    chooser.setOnShowing(_ -> {
      chooser.getItems().clear();
      Scenario now = model.scenarioProperty().get();
      ToggleGroup group = new ToggleGroup();
      for (DatapathSpec spec : model.datapaths()) {
        RadioMenuItem item = new RadioMenuItem(spec.toString());
        item.setToggleGroup(group);
        item.setSelected(now != null && now.datapath().equals(spec));
        item.setOnAction(_ -> model.choose(spec));
        chooser.getItems().add(item);
      }
      MenuItem file = new MenuItem(word("kernel.file"));
      file.setOnAction(_ -> {
        DatapathSpec spec = askForObject.get();
        if (spec != null) {
          model.choose(spec);
        }
      });
      chooser.getItems().addAll(new SeparatorMenuItem(), file);
      if (!model.lanes().kernelTrouble().isEmpty()) {
        chooser.getItems().addAll(new SeparatorMenuItem(), hint(model.lanes().kernelTrouble()));
      }
    });
    chooser.getItems().add(hint(""));
    return chooser;
  }

  private static String shorten(String name) {
    int slash = name.lastIndexOf('/');
    return name.endsWith(".o") && slash >= 0 ? name.substring(slash + 1) : name;
  }

  private MenuButton eras() {
    MenuButton chooser =
        chooser(
            word("model"),
            model
                .scenarioProperty()
                .map(s -> s == null ? "–" : s.modelConfig().era().label())
                .orElse("–"),
            word("model.tip"),
            Term.MODEL_LANE);
    chooser.setOnShowing(_ -> {
      chooser.getItems().clear();
      Scenario now = model.scenarioProperty().get();
      ToggleGroup group = new ToggleGroup();
      RadioMenuItem same = new RadioMenuItem(word("model.same"));
      same.setToggleGroup(group);
      same.setSelected(now != null && now.model() == null);
      same.setOnAction(_ -> model.chooseModel(null));
      chooser.getItems().add(same);
      for (Era era : model.eras()) {
        RadioMenuItem item = new RadioMenuItem(era.label());
        item.setToggleGroup(group);
        item.setSelected(now != null && now.model() == era);
        item.setOnAction(_ -> model.chooseModel(era));
        chooser.getItems().add(item);
      }
    });
    chooser.getItems().add(hint(""));
    return chooser;
  }

  private static MenuItem hint(String text) {
    MenuItem item = new MenuItem(text);
    item.setDisable(true);
    return item;
  }

  private MenuButton chooser(
      String name, ObservableValue<String> value, String what, Term... terms) {
    Label label = new Label(name);
    label.visibleProperty().bind(narrow.not());
    label.managedProperty().bind(label.visibleProperty());
    Label chosen = new Label();
    chosen.getStyleClass().add("chooser-value");
    chosen.textProperty().bind(value);
    // Its name is the longest, and nobody knows a capture by another one.
    boolean longest = terms.length > 0 && terms[0] == Term.SCENARIO;
    chosen
        .maxWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    bare.get() && !longest
                        ? BARE
                        : narrow.get() && !bare.get() ? NARROW : Double.MAX_VALUE,
                bare,
                narrow));
    HBox both = new HBox(label, chosen);
    both.setStyle("-fx-alignment: center-left;");
    MenuButton button =
        new MenuButton(null, both) {
          @Override
          protected double computeMinWidth(double height) {
            double all = computePrefWidth(height);
            return bare.get() && longest ? Math.min(all, LEAST_SCENARIO) : all;
          }
        };
    InsideWindow.keep(button);
    // The terms tell what it is at length.
    TermTip.below(button, value.map(String::valueOf), terms);
    button.setAccessibleText(name + what);
    button.disableProperty().bind(model.scenarioProperty().map(s -> s == null).orElse(true));
    return button;
  }

  /** The pills: solid for the kernel, hollow for the model. */
  public Node[] pills() {
    Label kernelPill = pill("kernel-dot", true, model.kernelPillProperty());
    TermTip.below(kernelPill, model.kernelTipProperty(), Term.KERNEL_LANE);
    Runnable mark = () -> markOff(kernelPill, !model.kernelLaneProperty().get());
    model.kernelLaneProperty().addListener((_, _, _) -> mark.run());
    mark.run();
    Label modelPill = pill("model-dot", model.lanes().model() != null, model.modelPillProperty());
    TermTip.below(modelPill, model.modelPillProperty(), Term.MODEL_LANE);
    return new Node[] {kernelPill, modelPill};
  }

  private Label pill(String dotStyle, boolean on, ObservableValue<String> text) {
    Region dot = new Region();
    dot.getStyleClass().add(dotStyle);
    dot.setMinSize(9, 9);
    dot.setMaxSize(9, 9);
    Label pill = new Label(null, dot);
    pill.getStyleClass().add("lane-pill");
    pill.textProperty()
        .bind(Bindings.createStringBinding(() -> pillText(text.getValue()), text, narrow, bare));
    pill.accessibleTextProperty().bind(text.map(String::valueOf));
    pill.setMinWidth(Region.USE_PREF_SIZE);
    markOff(pill, !on);
    return pill;
  }

  private String pillText(String whole) {
    if (bare.get()) {
      return "";
    }
    return narrow.get() ? whole.split(" · |: ")[0] : whole;
  }

  private static void markOff(Label pill, boolean off) {
    pill.getStyleClass().remove("unavailable");
    pill.getGraphic().getStyleClass().remove("off");
    if (off) {
      pill.getGraphic().getStyleClass().add("off");
      pill.getStyleClass().add("unavailable");
    }
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(ScenarioBar.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
