// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.compare.core.ComparedSide;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/** What one side runs, and a menu to let it run something else. */
final class SideChooser extends MenuButton {
  private final CompareViewModel model;
  private final CompareView.Around around;
  private final boolean left;
  private final Texts texts = Texts.of(SideChooser.class);

  SideChooser(CompareViewModel model, CompareView.Around around, boolean left) {
    this.model = model;
    this.around = around;
    this.left = left;
    getStyleClass().add("side-chooser");
    disableProperty().bind(model.pairProperty().isNull().or(model.workingProperty()));
    setAccessibleText(texts.get("side.name", left ? "A" : "B"));
    // A menu without items does not open.
    getItems().add(new MenuItem(""));
    setOnShowing(_ -> fill());
  }

  /** Tells what a side ran. */
  void show(ComparedSide side) {
    Scenario scenario = side.record().scenario();
    String model =
        scenario.model() == null ? "" : texts.get("side.model", scenario.model().label());
    setText(brief(scenario.datapath()) + model);
    setTooltip(
        new Tooltip(
            texts.get(
                "side.tip",
                scenario.name(),
                scenario.inferred() ? texts.get("side.guess") : "",
                scenario.datapath().toString() + model,
                side.ran())));
  }

  /** The head of a list is narrow: no folders and no "bundled:"; the tooltip has it in full. */
  private static String brief(DatapathSpec datapath) {
    String whole = datapath.toString();
    return whole.substring(
        (datapath.source() instanceof DatapathSpec.Bundled
                ? whole.indexOf(':')
                : whole.lastIndexOf('/'))
            + 1);
  }

  private void fill() {
    ComparedPair pair = model.pairProperty().get();
    if (pair == null) {
      return;
    }
    Scenario now = (left ? pair.a() : pair.b()).record().scenario();
    List<MenuItem> items = new ArrayList<>();
    for (Era era : around.eras()) {
      DatapathSpec datapath = DatapathSpec.parse("bundled:" + era.label());
      items.add(
          choice(
              datapath.toString(), datapath.equals(now.datapath()), side -> side.under(datapath)));
    }
    items.add(
        item("side.object", () -> around.askForObject().ifPresent(o -> change(s -> s.under(o)))));
    Menu models = new Menu(texts.get("side.models"));
    models
        .getItems()
        .add(choice(texts.get("side.models.own"), now.model() == null, s -> s.modelled(null)));
    for (Era era : Era.values()) {
      models.getItems().add(choice(era.label(), era == now.model(), s -> s.modelled(era)));
    }
    items.add(models);
    items.add(new SeparatorMenuItem());
    items.add(
        item(
            "side.scenario",
            () -> around.askForScenario().ifPresent(f -> change(s -> s.against(f)))));
    items.add(
        item(
            "side.capture",
            () -> around.askForCapture().ifPresent(f -> change(s -> s.reading(f)))));
    getItems().setAll(items);
  }

  private RadioMenuItem choice(
      String words, boolean chosen, UnaryOperator<CompareRequest.Side> by) {
    RadioMenuItem item = new RadioMenuItem(words);
    item.setSelected(chosen);
    item.setOnAction(_ -> {
      if (!chosen) {
        change(by);
      }
    });
    return item;
  }

  private MenuItem item(String key, Runnable run) {
    MenuItem item = new MenuItem(texts.get(key));
    item.setOnAction(_ -> run.run());
    return item;
  }

  private void change(UnaryOperator<CompareRequest.Side> by) {
    @Nullable CompareRequest asked = model.requestProperty().get();
    if (asked != null) {
      model.change(left, by);
    }
  }
}
