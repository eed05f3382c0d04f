// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import org.tailwalk.app.source.SourcePage.CodeRow;
import org.tailwalk.app.source.SourcePage.LineRow;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.WideGrip;

/** Source above, bytecode below, and what is known of the line that is selected. */
public final class SourceView extends BorderPane {
  private static final int LINKS = 12;

  /** What choosers and buttons need side by side, pixels. */
  private static final double ONE_LINE = 560;

  /** What the two choosers need. */
  private static final double CHOOSERS = 390;

  private final SourceViewModel model;
  private final Texts texts = Texts.of(SourceView.class);
  private final ListView<LineRow> lines = new ListView<>();
  private final ListView<CodeRow> code = new ListView<>();
  private final StackPane upper;
  private final SplitPane split = new SplitPane();
  private final ComboBox<String> program = new ComboBox<>();
  private final ComboBox<String> file = new ComboBox<>();
  private final VBox about = new VBox();
  private final Set<Integer> linked = new HashSet<>();
  private final ToggleButton both;
  private long hottest;
  private boolean filling;

  /** A view of {@code model}. */
  public SourceView(SourceViewModel model) {
    this.model = model;
    getStyleClass().addAll("pane", "source");
    setMinWidth(0);
    about.setMinWidth(0);
    ToggleButton source = toggle("view.c");
    both = toggle("view.both");
    ToggleButton bytecode = toggle("view.code");
    SegmentedButton sides = new SegmentedButton(source, both, bytecode);
    sides.getStyleClass().add(SegmentedButton.STYLE_CLASS_DARK);
    source.setSelected(true);
    Label nothing = new Label();
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    nothing.setMaxWidth(340);
    nothing.textProperty().bind(model.nothingProperty());
    nothing.visibleProperty().bind(model.nothingProperty().isNotEmpty());
    upper = new StackPane(lines, nothing);
    WideGrip.on(split);
    split.setOrientation(Orientation.VERTICAL);
    split.getItems().setAll(upper);
    sides
        .getToggleGroup()
        .selectedToggleProperty()
        .addListener((_, was, now) -> {
          if (now == null) {
            sides.getToggleGroup().selectToggle(was);
          } else if (now == source) {
            split.getItems().setAll(List.of(upper));
          } else if (now == bytecode) {
            split.getItems().setAll(List.of(code));
          } else {
            split.getItems().setAll(List.of(upper, code));
            split.setDividerPositions(0.5);
          }
          Platform.runLater(this::scroll);
        });
    setTop(header(sides));
    setCenter(split);
    about.getStyleClass().add("source-about");
    setBottom(about);
    lists();
    model.pageProperty().addListener((_, _, now) -> show(now));
    model.currentLineProperty().addListener((_, _, _) -> scroll());
    model.currentCodeProperty().addListener((_, _, _) -> scroll());
  }

  private ToggleButton toggle(String key) {
    ToggleButton button = new ToggleButton(texts.get(key));
    button.setTooltip(new Tooltip(texts.get(key + ".tip")));
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  private VBox header(SegmentedButton sides) {
    program.setAccessibleText(texts.get("program"));
    program.setTooltip(new Tooltip(texts.get("program")));
    program.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(String id) {
            return id == null ? "" : model.programName(id);
          }

          @Override
          public String fromString(String name) {
            return name;
          }
        });
    file.setAccessibleText(texts.get("file"));
    file.setTooltip(new Tooltip(texts.get("file")));
    for (ComboBox<String> box : List.of(program, file)) {
      box.getStyleClass().add("flat-combo");
      box.setMinWidth(60);
      box.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(box, Priority.ALWAYS);
    }
    program.setPrefWidth(190);
    file.setPrefWidth(150);
    program
        .valueProperty()
        .addListener((_, _, now) -> {
          if (!filling && now != null) {
            model.chooseProgram(now);
          }
        });
    file.valueProperty()
        .addListener((_, _, now) -> {
          if (!filling && now != null) {
            model.chooseFile(now);
          }
        });
    HBox first = new HBox();
    HBox second = new HBox();
    VBox header = new VBox(4, first, second);
    header.getStyleClass().addAll("pane-header", "with-buttons");
    for (HBox line : List.of(first, second)) {
      line.getStyleClass().add("source-choosers");
    }
    // A name that is cut chooses nothing: in a narrow pane they take two lines.
    Runnable share =
        () -> {
          double room = getWidth();
          List<Node> above =
              room >= ONE_LINE
                  ? List.of(program, file, sides)
                  : room >= CHOOSERS ? List.of(program, file) : List.of(program);
          if (!first.getChildren().equals(above)) {
            second.getChildren().clear();
            first.getChildren().setAll(above);
            Stream.of(program, file, sides)
                .filter(n -> !above.contains(n))
                .forEach(second.getChildren()::add);
            second.setVisible(!second.getChildren().isEmpty());
            second.setManaged(second.isVisible());
          }
        };
    share.run();
    widthProperty().addListener((_, _, _) -> Platform.runLater(share));
    return header;
  }

  private void lists() {
    lines.setAccessibleText(texts.get("lines"));
    code.setAccessibleText(texts.get("code"));
    for (ListView<?> list : List.of(lines, code)) {
      list.setFixedCellSize(CodeCell.HEIGHT);
      list.getStyleClass().add("code-list");
    }
    // What is in sight depends on how high the lists are, which is known later than what they show.
    lines.heightProperty().addListener((_, _, _) -> Platform.runLater(this::scroll));
    code.heightProperty().addListener((_, _, _) -> Platform.runLater(this::scroll));
    lines.setCellFactory(_ ->
        new CodeCell<>(model.currentLineProperty()) {
          @Override
          void fill(LineRow row) {
            show(
                row.number() == 0 ? "" : String.valueOf(row.number()),
                row.text(),
                row.remark(),
                row.mark(),
                row.heat(),
                hottest);
            decided(row.decided());
          }
        });
    code.setCellFactory(_ ->
        new CodeCell<>(model.currentCodeProperty()) {
          @Override
          void fill(CodeRow row) {
            show(
                row.slot() < 0 ? "" : String.valueOf(row.slot()),
                row.text(),
                row.registers(),
                row.mark(),
                row.heat(),
                hottest);
            decided(row.decided());
            linked(linked.contains(getIndex()));
          }
        });
    lines
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, row) -> {
          if (row != null) {
            tell(model.about(row));
            link(model.codeOf(row));
          }
        });
    code.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, row) -> {
          if (row != null && code.isFocused()) {
            tell(model.about(row));
            int line = model.lineOf(row);
            if (line >= 0) {
              reveal(lines, line);
            }
          }
        });
    lines.setOnKeyPressed(e -> {
      if (e.getCode() == KeyCode.ENTER) {
        nextStep();
      }
    });
    code.setOnKeyPressed(e -> {
      if (e.getCode() == KeyCode.ENTER) {
        nextStep();
      }
    });
    lines.setOnMouseClicked(e -> {
      if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
        nextStep();
      }
    });
    code.setOnMouseClicked(lines.getOnMouseClicked());
  }

  /** Goes to the next step at the line or instruction that is selected. */
  public void nextStep() {
    boolean inCode = code.isFocused();
    CodeRow instruction = code.getSelectionModel().getSelectedItem();
    LineRow line = lines.getSelectionModel().getSelectedItem();
    SourceViewModel.About known =
        inCode && instruction != null
            ? model.about(instruction)
            : line == null ? SourceViewModel.About.NOTHING : model.about(line);
    model.goToNext(known.rows().isEmpty() ? known.behind() : known.rows());
  }

  private void show(SourcePage page) {
    filling = true;
    hottest =
        Math.max(
            page.lines().stream().mapToLong(r -> r.heat().atLeast()).max().orElse(0),
            page.code().stream().mapToLong(r -> r.heat().atLeast()).max().orElse(0));
    linked.clear();
    program.getItems().setAll(model.programs());
    program.setValue(page.program().isEmpty() ? null : page.program());
    file.getItems().setAll(page.files());
    file.setValue(page.file().isEmpty() ? null : page.file());
    lines.getItems().setAll(page.lines());
    code.getItems().setAll(page.code());
    markLinked();
    about.getChildren().clear();
    filling = false;
    Platform.runLater(this::scroll);
  }

  private void scroll() {
    int line = model.currentLineProperty().get();
    if (line >= 0) {
      lines.getSelectionModel().clearAndSelect(line);
      reveal(lines, line);
    }
    int at = model.currentCodeProperty().get();
    if (at >= 0) {
      reveal(code, at);
    }
  }

  /** Shows a row with a third of the list above it, unless it is in sight already. */
  private static void reveal(ListView<?> list, int row) {
    int fits = (int) Math.max(3, list.getHeight() / CodeCell.HEIGHT - 1);
    list.scrollTo(Math.max(0, row - fits / 3));
  }

  private void link(List<Integer> rows) {
    linked.clear();
    linked.addAll(rows);
    if (!rows.isEmpty() && split.getItems().contains(code) && !code.isFocused()) {
      int current = model.currentCodeProperty().get();
      reveal(code, rows.contains(current) ? current : rows.getFirst());
    }
    markLinked();
  }

  /** In the cells that there are: to have the list make new ones takes longer than a frame. */
  private void markLinked() {
    for (Node node : code.lookupAll(".code-cell")) {
      if (node instanceof CodeCell<?> cell) {
        cell.linked(linked.contains(cell.getIndex()));
      }
    }
  }

  private void tell(SourceViewModel.About known) {
    Label words = new Label(known.words());
    words.setWrapText(true);
    words.setMinWidth(0);
    about.getChildren().setAll(words);
    List<Integer> rows = known.rows().isEmpty() ? known.behind() : known.rows();
    if (!rows.isEmpty()) {
      HBox links = new HBox(5, new Label(texts.get(known.rows().isEmpty() ? "behind" : "steps")));
      links.setAlignment(Pos.CENTER_LEFT);
      for (int row : rows.subList(0, Math.min(LINKS, rows.size()))) {
        Hyperlink link = new Hyperlink(model.nameOf(row));
        link.setOnAction(_ -> model.goTo(row));
        links.getChildren().add(link);
      }
      links.setMinWidth(0);
      about.getChildren().add(links);
    }
  }
}
