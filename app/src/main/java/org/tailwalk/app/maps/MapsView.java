// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.geometry.Orientation;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.controlsfx.control.textfield.CustomTextField;
import org.controlsfx.control.textfield.TextFields;
import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.WideGrip;
import org.tailwalk.event.MapRef;
import org.tailwalk.replay.history.Moment;

/** The tab: a chooser of maps, the entries, and the fields of the one that is selected. */
public final class MapsView extends BorderPane {
  /** Less high than this the pane has room for one of its two tables. */
  private static final double LOW = 250;

  private static final double GAP = 6;

  /** A map's name and how many entries it has. */
  private static final double LEGIBLE = 140;

  private final EntryTable table;
  private final MapsViewModel model;
  private final Texts texts = Texts.of(MapsView.class);
  private final ComboBox<MapChoice> chooser = new ComboBox<>();
  private final CustomTextField search = (CustomTextField) TextFields.createClearableTextField();
  private final FlowPane uses = new FlowPane(4, 0);
  private boolean following;

  /** A view of {@code model}. */
  public MapsView(MapsViewModel model) {
    this.model = model;
    getStyleClass().addAll("pane", "maps");
    setTop(bar());
    table = new EntryTable(model);
    FieldTable fields = new FieldTable(model);
    BorderPane below = new BorderPane(fields);
    uses.getStyleClass().add("maps-uses");
    below.setBottom(uses);
    SplitPane split = new SplitPane(table, below);
    WideGrip.on(split);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.36);
    setCenter(split);
    // A low pane shows the entries, until one is chosen.
    Runnable share =
        () -> {
          boolean alone = getHeight() < LOW && model.selectedProperty().get().isEmpty();
          if (alone == split.getItems().contains(below)) {
            split.getItems().setAll(alone ? List.of(table) : List.of(table, below));
            split.setDividerPositions(getHeight() < LOW ? 0.5 : 0.36);
          }
        };
    heightProperty().addListener((_, _, _) -> Platform.runLater(share));
    model.selectedProperty().addListener((_, _, _) -> share.run());
    setBottom(message());
    setMinSize(0, 0);
    model.mapProperty().addListener((_, _, now) -> follow(now));
    model
        .choices()
        .addListener(
            (javafx.collections.ListChangeListener<MapChoice>)
                // The box has its own listener, which forgets what was selected.
                _ -> Platform.runLater(() -> follow(model.mapProperty().get())));
    model.uses().addListener((javafx.collections.ListChangeListener<Moment>) _ -> showUses());
  }

  /** Adds to the menu of an entry. */
  public void addToMenu(MenuItem item) {
    table.getContextMenu().getItems().add(item);
  }

  private FlowPane bar() {
    chooser.setItems(model.choices());
    chooser.setMaxWidth(Double.MAX_VALUE);
    chooser.setVisibleRowCount(24);
    chooser.setAccessibleText(texts.get("chooser"));
    Tooltip tip = TermTip.of(texts.get("chooser"));
    chooser
        .valueProperty()
        .addListener((_, _, now) ->
            tip.setText(
                Optional.ofNullable(now)
                    .flatMap(c -> Term.of(c.map().toString()))
                    .map(Term::text)
                    .orElse(texts.get("chooser"))));
    chooser.setTooltip(tip);
    chooser.setCellFactory(_ -> new ChoiceCell());
    chooser.setButtonCell(new ChoiceCell());
    chooser
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, now) -> {
          if (!following && now != null) {
            model.choose(now.map());
          }
        });
    ToggleButton touched = toggle("touched");
    touched.selectedProperty().bindBidirectional(model.touchedOnlyProperty());
    ToggleButton follow = toggle("follow");
    follow.selectedProperty().bindBidirectional(model.followProperty());
    searchField();
    chooser.setMinWidth(80);
    FlowPane bar = new FlowPane(GAP, GAP, chooser, search, follow, touched);
    bar.getStyleClass().add("maps-bar");
    // The chooser takes what is left; in a narrow pane the buttons stand below it.
    chooser
        .prefWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> {
                  double room =
                      bar.getWidth() - bar.getInsets().getLeft() - bar.getInsets().getRight();
                  double buttons = follow.getWidth() + touched.getWidth() + 2 * GAP;
                  double left = Math.floor(room - search.getWidth() - GAP - 1);
                  return Math.max(80, left - buttons >= LEGIBLE ? left - buttons : left);
                },
                bar.widthProperty(),
                bar.insetsProperty(),
                search.widthProperty(),
                follow.widthProperty(),
                touched.widthProperty()));
    search
        .prefWidthProperty()
        .bind(Bindings.when(bar.widthProperty().lessThan(400)).then(76).otherwise(120));
    return bar;
  }

  private ToggleButton toggle(String name) {
    ToggleButton button = new ToggleButton(texts.get(name));
    button.setTooltip(new Tooltip(texts.get(name + ".tip")));
    button.getStyleClass().add("small-button");
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  private void searchField() {
    search.setPromptText(texts.get("search"));
    search.setAccessibleText(texts.get("search"));
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(Bindings.concat(texts.get("search.tip"), "\n", model.aboutProperty()));
    search.setTooltip(tip);
    search.getStyleClass().add("small-field");
    search.setMinWidth(76);
    model.searchProperty().bind(search.textProperty());
  }

  private Label message() {
    Label message = new Label();
    message.textProperty().bind(model.messageProperty());
    message.setWrapText(true);
    message.setMaxWidth(Double.MAX_VALUE);
    message.getStyleClass().add("maps-message");
    message.managedProperty().bind(message.textProperty().isNotEmpty());
    message.visibleProperty().bind(message.managedProperty());
    return message;
  }

  private void follow(Optional<MapRef> map) {
    following = true;
    // An equal choice of another list is no news to the box, which shows nothing then.
    chooser.setValue(null);
    model.choices().stream()
        .filter(c -> Optional.of(c.map()).equals(map))
        .findFirst()
        .ifPresent(chooser::setValue);
    following = false;
  }

  private void showUses() {
    uses.getChildren().clear();
    if (model.selectedProperty().get().isEmpty()) {
      return;
    }
    Label title = new Label(texts.get(model.uses().isEmpty() ? "uses.none" : "uses"));
    title.getStyleClass().addAll("muted", "small");
    uses.getChildren().add(title);
    List<Moment> all = model.uses();
    for (Moment use : all.subList(0, Math.min(EntryAtMoment.USES, all.size()))) {
      Hyperlink link = new Hyperlink(use.toString());
      link.getStyleClass().add("step-link");
      link.setOnAction(_ -> model.goTo(use));
      uses.getChildren().add(link);
    }
    if (all.size() > EntryAtMoment.USES) {
      Label more = new Label(texts.get("uses.more"));
      more.getStyleClass().addAll("muted", "small");
      uses.getChildren().add(more);
    }
  }

  private static final class ChoiceCell extends ListCell<MapChoice> {
    @Override
    protected void updateItem(MapChoice choice, boolean empty) {
      super.updateItem(choice, empty);
      setText(empty || choice == null ? null : choice.text());
      getStyleClass().removeAll("muted");
      if (!empty && choice != null && choice.entries() == 0 && choice.model() == 0) {
        getStyleClass().add("muted");
      }
    }
  }
}
