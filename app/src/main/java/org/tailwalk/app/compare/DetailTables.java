// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.text.Texts;
import org.tailwalk.compare.Aspect;
import org.tailwalk.compare.Difference;
import org.tailwalk.compare.PairRow;
import org.tailwalk.event.Step;
import org.tailwalk.replay.EventText;

/** What differs, the steps of both, and what the sentence rests on: as tables. */
final class DetailTables extends TabPane {
  private static final double ROW = 22;

  private final Texts texts = Texts.of(DetailTables.class);
  private final TableView<Aspect> aspects = new TableView<>();
  private final Unfolding unfolding = new Unfolding(aspects, ROW, 4, () -> {});
  private final TableView<PairRow> steps = new TableView<>();
  private final TableView<Difference.Evidence> evidence = new TableView<>();
  private boolean following;

  /** Calls {@code chosen} with the 1-based row of the step that was chosen. */
  DetailTables(IntConsumer chosen) {
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    getStyleClass().add("compare-details");
    table(aspects, "aspects.name");
    aspects.getColumns().add(column("aspects.what", 120, a -> Texts.say(a.title()), "what"));
    aspects.getColumns().add(column("aspects.a", 380, a -> Texts.say(a.left()), "side-a"));
    aspects.getColumns().add(column("aspects.b", 480, a -> Texts.say(a.right()), "side-b"));
    table(steps, "steps.name");
    steps.getColumns().add(column("steps.no", 44, r -> Integer.toString(r.index()), "what"));
    steps.getColumns().add(column("steps.a", 460, r -> line(r.a()), "side-a"));
    steps.getColumns().add(column("steps.b", 460, r -> line(r.b()), "side-a"));
    steps.setRowFactory(_ -> new StepRow());
    steps
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, row) -> {
          if (!following && row != null) {
            chosen.accept(row.index());
          }
        });
    table(evidence, "evidence.name");
    evidence
        .getColumns()
        .add(column("evidence.where", 120, e -> e.side() + " " + e.packet(), "what"));
    evidence.getColumns().add(column("evidence.text", 640, e -> Texts.say(e.message()), "side-a"));
    evidence
        .getColumns()
        .add(column("evidence.how", 110, e -> texts.get("evidence." + e.how().label()), "what"));
    getTabs().add(new Tab(texts.get("tab.differs"), aspects));
    StackPane.setAlignment(aspects, Pos.TOP_LEFT);
    getTabs().add(later("tab.steps", steps));
    getTabs().add(later("tab.evidence", evidence));
  }

  /** A tab behind another one would have its cells made as well, which nobody sees. */
  private Tab later(String key, TableView<?> table) {
    Tab tab = new Tab(texts.get(key));
    tab.setOnSelectionChanged(_ -> {
      if (tab.isSelected() && tab.getContent() == null) {
        tab.setContent(table);
      }
    });
    return tab;
  }

  private <T> void table(TableView<T> table, String name) {
    table.setFixedCellSize(ROW);
    table.setAccessibleText(texts.get(name));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
    table.setPlaceholder(empty(name + ".empty"));
  }

  private Label empty(String key) {
    Label empty = new Label(texts.get(key));
    empty.getStyleClass().add("empty-text");
    return empty;
  }

  private <T> TableColumn<T, String> column(
      String title, double width, Function<T, String> words, String style) {
    TableColumn<T, String> column = new TableColumn<>(texts.get(title));
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 90));
    if (width < 130) {
      column.setMaxWidth(width);
    }
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(words.apply(row.getValue())));
    column.setCellFactory(_ -> new WordCell<>(style));
    return column;
  }

  private static String line(@Nullable Step step) {
    return step == null ? "–" : Texts.say(EventText.message(step.event()));
  }

  void show(ComparedPair.@Nullable Scene scene) {
    following = true;
    Difference difference = scene == null ? null : scene.result().difference();
    boolean alone = scene != null && (scene.a() == null || scene.b() == null);
    aspects.setPlaceholder(empty(alone ? "aspects.name.alone" : "aspects.name.empty"));
    aspects.setItems(
        FXCollections.observableList(scene == null ? List.of() : scene.result().aspects()));
    if (!aspects.getItems().isEmpty()) {
      unfolding.begin();
    }
    steps.setItems(FXCollections.observableList(scene == null ? List.of() : scene.result().rows()));
    evidence.setItems(
        FXCollections.observableList(difference == null ? List.of() : difference.evidence()));
    following = false;
  }

  /** Marks the step that has happened last. */
  void on(int row) {
    following = true;
    if (row >= 1 && row <= steps.getItems().size()) {
      steps.getSelectionModel().clearAndSelect(row - 1);
      steps.scrollTo(Math.max(0, row - 4));
    }
    following = false;
  }

  private static final class StepRow extends TableRow<PairRow> {
    @Override
    protected void updateItem(@Nullable PairRow row, boolean empty) {
      super.updateItem(row, empty);
      getStyleClass().remove("differs");
      if (!empty && row != null && !row.same()) {
        getStyleClass().add("differs");
      }
    }
  }

  private static final class WordCell<T> extends TableCell<T, String> {
    WordCell(String style) {
      getStyleClass().add(style);
    }

    @Override
    protected void updateItem(@Nullable String text, boolean empty) {
      super.updateItem(text, empty);
      setText(empty ? null : text);
      setTooltip(empty || text == null || text.length() < 40 ? null : whole(text));
    }

    private static Tooltip whole(String text) {
      Tooltip tip = new Tooltip(text);
      tip.setWrapText(true);
      tip.setMaxWidth(640);
      return tip;
    }
  }
}
