// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.whatif.Beside;

/** The packets that fare otherwise, and the steps of one of them: the original and the variant. */
final class ResultsView extends VBox {
  private static final double ROW = 22;
  private static final int MOST_ROWS = 6;

  private final Texts texts = Texts.of(ResultsView.class);
  private final ListView<WhatIfResult> packets = new ListView<>();
  private final TableView<AlignedStep> steps = new TableView<>();
  private final Label which = new Label();

  ResultsView(WhatIfViewModel model) {
    super(6);
    packets.setItems(model.results());
    packets.setFixedCellSize(ROW);
    packets.setAccessibleText(texts.get("results"));
    packets.setCellFactory(_ -> new PacketCell());
    packets.getStyleClass().add("whatif-packets");
    model
        .results()
        .addListener(
            (ListChangeListener<WhatIfResult>)
                _ -> {
                  int rows = Math.clamp(model.results().size(), 1, MOST_ROWS);
                  packets.setPrefHeight(rows * ROW + 4);
                  int at = packets.getSelectionModel().getSelectedIndex();
                  if (!model.results().isEmpty()) {
                    packets.getSelectionModel().clearAndSelect(Math.max(0, at));
                  }
                  show(packets.getSelectionModel().getSelectedItem());
                });
    packets.setPrefHeight(ROW + 4);
    Label nothing = new Label();
    nothing
        .textProperty()
        .bind(
            Bindings.when(model.busyProperty())
                .then(texts.get("results.running"))
                .otherwise(texts.get("results.nothing")));
    nothing.getStyleClass().add("empty-text");
    packets.setPlaceholder(nothing);
    packets.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> show(now));
    which.getStyleClass().addAll("muted", "small");
    which.setWrapText(true);
    steps.setFixedCellSize(ROW - 2);
    steps.setAccessibleText(texts.get("steps"));
    steps.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    steps.getColumns().addAll(List.of(column("column.was", true), column("column.now", false)));
    steps.setRowFactory(_ -> new Row());
    steps.setPrefHeight(260);
    steps.setMinHeight(120);
    steps.addEventHandler(
        MouseEvent.MOUSE_CLICKED,
        event -> {
          WhatIfResult packet = packets.getSelectionModel().getSelectedItem();
          if (event.getClickCount() == 2 && packet != null) {
            model.goTo(packet.packet(), -1);
          }
        });
    steps.setPlaceholder(new Label(""));
    getChildren().addAll(packets, which, steps);
  }

  private void show(WhatIfResult result) {
    Beside beside =
        result == null ? null : result.kernel() != null ? result.kernel() : result.model();
    if (beside == null) {
      steps.getItems().clear();
      which.setText("");
      return;
    }
    which.setText(
        result.text()
            + "\n"
            + texts.get(
                beside.kernelLane() ? "which.kernel" : "which.model",
                result.packet(),
                beside.first() == 0 ? texts.get("which.same") : "S" + beside.first()));
    steps.getItems().setAll(beside.rows());
    steps.scrollTo(Math.max(0, beside.first() - 3));
  }

  private TableColumn<AlignedStep, AlignedStep> column(String title, boolean was) {
    TableColumn<AlignedStep, AlignedStep> column = new TableColumn<>(texts.get(title));
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setCellFactory(_ -> new StepCell(was));
    return column;
  }

  private static final class PacketCell extends ListCell<WhatIfResult> {
    PacketCell() {
      setPrefWidth(0); // As wide as the list: what doesn't fit is in the tooltip.
    }

    @Override
    protected void updateItem(WhatIfResult result, boolean empty) {
      super.updateItem(result, empty);
      getStyleClass().removeAll("turned");
      if (empty || result == null) {
        setText(null);
        setTooltip(null);
        return;
      }
      setTooltip(new Tooltip(result.text()));
      setText("P%d  %s".formatted(result.packet(), result.text()));
      if (result.turned()) {
        getStyleClass().add("turned");
      }
    }
  }

  private static final class Row extends TableRow<AlignedStep> {
    @Override
    protected void updateItem(AlignedStep row, boolean empty) {
      super.updateItem(row, empty);
      getStyleClass().removeAll("differs");
      if (!empty && row != null && !row.same()) {
        getStyleClass().add("differs");
      }
    }
  }

  private static final class StepCell extends TableCell<AlignedStep, AlignedStep> {
    private final boolean was;

    StepCell(boolean was) {
      this.was = was;
    }

    @Override
    protected void updateItem(AlignedStep row, boolean empty) {
      super.updateItem(row, empty);
      getStyleClass().removeAll("absent");
      if (empty || row == null) {
        setText(null);
        setTooltip(null);
        return;
      }
      Step step = was ? row.kernel() : row.model();
      String text = step == null ? "—" : Texts.say(EventText.message(step.event()));
      setText(text);
      setTooltip(step == null ? null : new Tooltip(text));
      if (step == null) {
        getStyleClass().add("absent");
      }
    }
  }
}
