// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.theme.WideGrip;

/**
 * The packet tree above, with what the datapath changed as its last node, and the bytes below;
 * before the datapath or after it.
 */
public final class InspectorView extends BorderPane {
  private static final double SCROLL_BAR = 12;
  private static final double NARROW = 270;

  private final InspectorViewModel model;
  private final IntegerProperty perLine = new SimpleIntegerProperty(16);
  private final TreePane tree;
  private final ListView<Integer> bytes = new ListView<>();

  /** A view of {@code model}. */
  public InspectorView(InspectorViewModel model, Theme theme) {
    this.model = model;
    this.tree = new TreePane(model);
    getStyleClass().add("pane");
    setTop(header());
    tree.setAccessibleText(word("tree"));
    bytes.setFixedCellSize(BytesCell.HEIGHT);
    bytes.setAccessibleText(word("bytes"));
    bytes.setCellFactory(_ -> new BytesCell(model, theme, perLine));
    bytes.getStyleClass().add("bytes");
    Label nothing = new Label();
    nothing.textProperty().bind(model.nothingProperty());
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    bytes.setPlaceholder(nothing);
    bytes.widthProperty().addListener((_, _, _) -> lines());
    SplitPane split = new SplitPane(tree, bytes);
    WideGrip.on(split);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.42);
    setCenter(split);
    model.contentProperty().addListener((_, _, _) -> lines());
    lines();
  }

  /** What a field's menu offers to do with the filter that finds its value. */
  public void menu(Function<String, List<MenuItem>> of) {
    tree.menu(of);
  }

  private HBox header() {
    Label title = new Label(word("title"));
    title.getStyleClass().add("title");
    // The tab has the same name: in a narrow pane it is enough.
    title.visibleProperty().bind(widthProperty().greaterThan(NARROW));
    title.managedProperty().bind(title.visibleProperty());
    Label about = new Label();
    about.getStyleClass().add("about");
    about.textProperty().bind(model.aboutProperty());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    ToggleButton before = new ToggleButton(word("before"));
    ToggleButton after = new ToggleButton(word("after"));
    before.setTooltip(new Tooltip(word("before.tip")));
    after.setTooltip(new Tooltip(word("after.tip")));
    before.setMinWidth(Region.USE_PREF_SIZE);
    after.setMinWidth(Region.USE_PREF_SIZE);
    SegmentedButton sides = new SegmentedButton(before, after);
    sides.getStyleClass().add(SegmentedButton.STYLE_CLASS_DARK);
    ToggleGroup group = sides.getToggleGroup();
    before.setSelected(true);
    group
        .selectedToggleProperty()
        .addListener((_, was, now) -> {
          if (now == null) {
            group.selectToggle(was);
          } else {
            model.afterProperty().set(now == after);
          }
        });
    HBox header = new HBox(title, about, space, sides);
    header.getStyleClass().addAll("pane-header", "with-buttons");
    return header;
  }

  /** Sixteen bytes in a line, or eight in a narrow pane. */
  private void lines() {
    int each = BytesCell.fits(bytes.getWidth() - SCROLL_BAR);
    int length = model.contentProperty().get().bytes().length();
    perLine.set(each);
    int wanted = (length + each - 1) / each;
    int shown = bytes.getItems().size();
    if (shown > wanted) {
      bytes.getItems().remove(wanted, shown);
    } else if (shown < wanted) {
      bytes.getItems().addAll(IntStream.range(shown, wanted).boxed().toList());
    }
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(InspectorView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
