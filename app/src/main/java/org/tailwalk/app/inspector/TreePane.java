// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.ContextMenuEvent;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.inspector.InspectorViewModel.Content;
import org.tailwalk.app.text.Texts;

/**
 * The packet tree. Layers stay open or closed, and a field stays selected, from packet to packet,
 * by their names.
 */
final class TreePane extends TreeView<PacketNode> {
  private static final double ROW = 20;
  private static final PseudoClass REWRITTEN = PseudoClass.getPseudoClass("rewritten");

  private final InspectorViewModel model;
  private Function<String, List<MenuItem>> filters = _ -> List.of();
  private final TreeItem<PacketNode> root =
      new TreeItem<>(PacketNode.plain("", "", 0, 0, List.of()));
  private final ContextMenu menu = new ContextMenu();
  private final Set<String> open = new HashSet<>(Set.of(InspectorViewModel.CHANGED));
  private boolean filling;

  /** The tree of what {@code model} shows. */
  TreePane(InspectorViewModel model) {
    this.model = model;
    setRoot(root);
    setShowRoot(false);
    setFixedCellSize(ROW);
    setCellFactory(_ -> new Cell());
    setOnContextMenuRequested(this::showMenu);
    root.addEventHandler(
        TreeItem.<PacketNode>branchExpandedEvent(), e -> remember(e.getTreeItem(), true));
    root.addEventHandler(
        TreeItem.<PacketNode>branchCollapsedEvent(), e -> remember(e.getTreeItem(), false));
    getSelectionModel().selectedItemProperty().addListener((_, _, item) -> mark(item));
    model.contentProperty().addListener((_, _, now) -> show(now));
    model.pickedProperty().addListener((_, _, at) -> pick(at.intValue()));
    show(model.contentProperty().get());
  }

  /** What is offered to do with a filter. */
  void menu(Function<String, List<MenuItem>> of) {
    filters = of;
  }

  private void remember(TreeItem<PacketNode> item, boolean expanded) {
    if (filling) {
      return;
    }
    if (expanded) {
      open.add(path(item));
    } else {
      open.remove(path(item));
    }
  }

  private void mark(@Nullable TreeItem<PacketNode> item) {
    if (item != null && !filling) {
      model.mark(item.getValue().from(), item.getValue().to());
    }
  }

  /** Packets are mostly alike: what has not changed is neither made nor laid out anew. */
  private void show(Content content) {
    TreeItem<PacketNode> selected = getSelectionModel().getSelectedItem();
    String was = selected == null ? "" : path(selected);
    filling = true;
    fill(root, content.tree());
    expand(root);
    // Items are used again by their places, and the same field may stand at another one.
    TreeItem<PacketNode> there = getSelectionModel().getSelectedItem();
    boolean same = there != null && path(there).equals(was);
    TreeItem<PacketNode> now = same ? there : find(root, was);
    if (now == null) {
      getSelectionModel().clearSelection();
    } else {
      getSelectionModel().select(now);
    }
    filling = false;
    mark(now);
  }

  private static @Nullable TreeItem<PacketNode> find(TreeItem<PacketNode> in, String path) {
    for (TreeItem<PacketNode> child : in.getChildren()) {
      String own = path(child);
      TreeItem<PacketNode> found =
          own.equals(path) ? child : path.startsWith(own + "/") ? find(child, path) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static void fill(TreeItem<PacketNode> into, List<PacketNode> nodes) {
    List<TreeItem<PacketNode>> items = into.getChildren();
    if (items.size() > nodes.size()) {
      items.subList(nodes.size(), items.size()).clear();
    }
    for (int i = 0; i < nodes.size(); i++) {
      PacketNode node = nodes.get(i);
      if (i == items.size()) {
        items.add(new TreeItem<>(node));
        fill(items.get(i), node.children());
      } else if (!items.get(i).getValue().equals(node)) {
        items.get(i).setValue(node);
        fill(items.get(i), node.children());
      }
    }
  }

  private void expand(TreeItem<PacketNode> item) {
    for (TreeItem<PacketNode> child : item.getChildren()) {
      if (!child.isLeaf()) {
        child.setExpanded(open.contains(path(child)));
        expand(child);
      }
    }
  }

  /** Which node it is, in any packet. */
  private static String path(TreeItem<PacketNode> item) {
    TreeItem<PacketNode> parent = item.getParent();
    String name = item.getValue().name();
    return parent == null || parent.getParent() == null ? name : path(parent) + "/" + name;
  }

  private void pick(int at) {
    TreeItem<PacketNode> found = at < 0 ? null : holder(root, at);
    if (found == null) {
      return;
    }
    for (TreeItem<PacketNode> up = found.getParent(); up != null; up = up.getParent()) {
      up.setExpanded(true);
    }
    getSelectionModel().select(found);
    scrollTo(Math.max(0, getRow(found) - 2));
  }

  /** The smallest node of the layers that holds a byte; the first of several. */
  private static @Nullable TreeItem<PacketNode> holder(TreeItem<PacketNode> in, int at) {
    TreeItem<PacketNode> best = null;
    for (TreeItem<PacketNode> child : in.getChildren()) {
      PacketNode node = child.getValue();
      if (at >= node.from()
          && at < node.to()
          && (best == null || length(node) < length(best.getValue()))) {
        best = child;
      }
    }
    if (best == null) {
      return null;
    }
    TreeItem<PacketNode> part = holder(best, at);
    return part != null && length(part.getValue()) < length(best.getValue()) ? part : best;
  }

  private static int length(PacketNode node) {
    return node.to() - node.from();
  }

  /** As wide as the pane: what is cut is told when pointed at, and no bar takes a row. */
  private static final class Cell extends TreeCell<PacketNode> {
    Cell() {
      setPrefWidth(0);
      Tooltip whole = new Tooltip();
      whole.textProperty().bind(textProperty());
      textTruncatedProperty().subscribe(cut -> setTooltip(cut ? whole : null));
    }

    @Override
    protected void updateItem(PacketNode node, boolean empty) {
      super.updateItem(node, empty);
      boolean there = !empty && node != null;
      setText(there ? node.text() : null);
      pseudoClassStateChanged(REWRITTEN, there && node.changed());
    }
  }

  private void showMenu(ContextMenuEvent event) {
    TreeItem<PacketNode> item = getSelectionModel().getSelectedItem();
    menu.hide();
    if (item != null) {
      menu.getItems().setAll(items(item.getValue()));
      menu.show(this, event.getScreenX(), event.getScreenY());
    }
    event.consume();
  }

  private List<MenuItem> items(PacketNode node) {
    List<MenuItem> items = new ArrayList<>();
    if (!node.filter().isEmpty()) {
      items.addAll(filters.apply(node.filter()));
      items.add(new SeparatorMenuItem());
      items.add(copy("copy.filter", node.filter()));
    }
    if (!node.value().isEmpty()) {
      items.add(copy("copy.value", node.value()));
    }
    items.add(copy("copy.text", node.text()));
    return items;
  }

  private static MenuItem copy(String key, String text) {
    MenuItem item = new MenuItem(Texts.of(TreePane.class).get(key));
    item.setOnAction(_ -> {
      ClipboardContent content = new ClipboardContent();
      content.putString(text);
      Clipboard.getSystemClipboard().setContent(content);
    });
    return item;
  }
}
