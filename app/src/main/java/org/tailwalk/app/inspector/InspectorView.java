// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.inspector.InspectorViewModel.Content;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.theme.WideGrip;

/** Packet tree above, bytes below, and between them what the datapath changed. */
public final class InspectorView extends BorderPane {
  private static final double SCROLL_BAR = 12;
  private static final double NARROW = 270;

  private final InspectorViewModel model;
  private final IntegerProperty perLine = new SimpleIntegerProperty(16);
  private final TreeView<PacketNode> tree = new TreeView<>();
  private final ListView<Integer> bytes = new ListView<>();

  /** A view of {@code model}. */
  public InspectorView(InspectorViewModel model, Theme theme) {
    this.model = model;
    getStyleClass().add("pane");
    setTop(header());
    tree.setShowRoot(false);
    tree.setFixedCellSize(20);
    tree.setAccessibleText(word("tree"));
    tree.setCellFactory(_ ->
        new javafx.scene.control.TreeCell<>() {
          @Override
          protected void updateItem(PacketNode node, boolean empty) {
            super.updateItem(node, empty);
            setText(empty || node == null ? null : node.text());
            getStyleClass().remove("rewrite");
            if (!empty
                && getTreeItem() != null
                && (changed(getTreeItem()) || changed(getTreeItem().getParent()))) {
              getStyleClass().add("rewrite");
            }
          }
        });
    tree.getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, item) -> {
          if (item != null) {
            model.mark(item.getValue().from(), item.getValue().to());
          }
        });
    bytes.setFixedCellSize(BytesCell.HEIGHT);
    bytes.setAccessibleText(word("bytes"));
    bytes.setCellFactory(_ -> new BytesCell(model, theme, perLine));
    bytes.getStyleClass().add("bytes");
    Label nothing = new Label(word("nothing"));
    nothing.getStyleClass().add("empty-text");
    nothing.setWrapText(true);
    bytes.setPlaceholder(nothing);
    bytes.widthProperty().addListener((_, _, _) -> lines());
    SplitPane split = new SplitPane(tree, bytes);
    WideGrip.on(split);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.42);
    setCenter(split);
    model.contentProperty().addListener((_, _, now) -> show(now));
    show(model.contentProperty().get());
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

  private void show(Content content) {
    TreeItem<PacketNode> root = new TreeItem<>(new PacketNode("", 0, 0, java.util.List.of()));
    for (PacketNode layer : content.tree()) {
      root.getChildren().add(item(layer));
    }
    tree.setRoot(root);
    root.getChildren().stream().filter(InspectorView::changed).forEach(i -> i.setExpanded(true));
    lines();
  }

  private static boolean changed(@Nullable TreeItem<PacketNode> item) {
    return item != null && item.getValue().text().startsWith(InspectorViewModel.CHANGED);
  }

  /** Sixteen bytes in a line, or eight in a narrow pane. */
  private void lines() {
    int each = BytesCell.fits(bytes.getWidth() - SCROLL_BAR);
    int length = model.contentProperty().get().bytes().length();
    perLine.set(each);
    bytes.getItems().setAll(IntStream.range(0, (length + each - 1) / each).boxed().toList());
  }

  private static TreeItem<PacketNode> item(PacketNode node) {
    TreeItem<PacketNode> item = new TreeItem<>(node);
    node.children().forEach(child -> item.getChildren().add(item(child)));
    return item;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(InspectorView.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
