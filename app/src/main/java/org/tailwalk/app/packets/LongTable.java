// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Skin;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.TableViewSkin;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * A table of rows of one height, a million if need be. JavaFX's own goes through all rows above
 * those in sight, two dozen times a layout and eight times more when it is scrolled: with a million
 * that takes longer than a frame. So this one is given a stretch of the list at a time, which moves
 * along with what is in sight, and a scroll bar of its own stands for the whole list. Where the
 * list is no longer than a stretch nothing of this is seen. Rows are rows of the whole list
 * throughout; what {@link TableView} itself calls an index is one of the stretch. UI thread.
 */
public final class LongTable extends TableView<Integer> {
  /** What JavaFX goes through in some microseconds. */
  static final int STRETCH = 4096;

  /** Rows that are left to scroll into before the stretch moves: many pages. */
  private static final int MARGIN = 768;

  private final double height;
  private Stretch stretch = new Stretch(FXCollections.emptyObservableList());
  private IntConsumer chosen = _ -> {};
  private int marked = -1;
  private boolean following;
  private @Nullable Flow flow;

  /**
   * With nothing in it.
   *
   * @param height of every row
   */
  public LongTable(double height) {
    this.height = height;
    setFixedCellSize(height);
    getSelectionModel()
        .selectedIndexProperty()
        .addListener((_, _, index) -> {
          if (!following) {
            marked = index.intValue() < 0 ? -1 : stretch.from + index.intValue();
            if (marked >= 0) {
              chosen.accept(marked);
            }
          }
        });
    addEventFilter(KeyEvent.KEY_PRESSED, this::beforeKey);
  }

  @Override
  protected Skin<?> createDefaultSkin() {
    return new StretchSkin(this);
  }

  /** Calls {@code by} with the row that the user chose. */
  public void onChosen(IntConsumer by) {
    chosen = by;
  }

  /**
   * Shows another list. Where a number stands for something else than before, {@link #refresh} must
   * follow: rows of the same number stay as they are.
   *
   * @param list never changes
   */
  public void show(ObservableList<Integer> list) {
    following = true;
    stretch = new Stretch(list);
    marked = -1;
    setItems(stretch);
    following = false;
  }

  /**
   * Has every row look again at what it shows. JavaFX's own throws all rows away and makes new
   * ones, which takes longer than several frames.
   */
  @Override
  public void refresh() {
    if (flow != null) {
      flow.rebuildCells();
    }
  }

  /**
   * Marks a row as the one that is looked at, without {@link #onChosen} being told; -1 for none.
   */
  public void mark(int row) {
    marked = row;
    select();
  }

  private void select() {
    following = true;
    int index = marked - stretch.from;
    if (marked < 0 || index < 0 || index >= stretch.size()) {
      getSelectionModel().clearSelection();
    } else if (getSelectionModel().getSelectedIndex() != index) {
      getSelectionModel().clearAndSelect(index);
    }
    following = false;
  }

  /** Scrolls so that a row is in the middle, unless it is in sight as it is. */
  public void bringIntoSight(int row) {
    Flow rows = flow;
    if (rows == null || !rows.shows(row - stretch.from)) {
      int page = (int) Math.max(1, (getHeight() - height) / height);
      scrollTo(Math.max(0, row - page / 2));
    }
  }

  /**
   * Scrolls so that a row stands at the top.
   *
   * @param row of the whole list
   */
  @Override
  public void scrollTo(int row) {
    Flow rows = flow;
    if (rows != null && rows.ready()) {
      rows.go(row);
    } else {
      move(stretch.holding(row, getHeight() / height));
      super.scrollTo(row - stretch.from);
    }
  }

  /** Gives the table another stretch; what is in sight is to be scrolled to after that. */
  private void move(int from) {
    if (from == stretch.from) {
      return;
    }
    following = true;
    getSelectionModel().clearSelection();
    following = false;
    stretch.from = from;
    if (flow != null) {
      flow.reconfigureCells();
    }
    select();
  }

  /** The keys go on from where the mark is, and to the ends of the whole list. */
  private void beforeKey(KeyEvent event) {
    if (stretch.whole()) {
      return;
    }
    switch (event.getCode()) {
      case HOME -> scrollTo(0);
      case END -> scrollTo(stretch.all.size());
      case UP, DOWN, PAGE_UP, PAGE_DOWN -> {
        if (marked >= 0 && stretch.holding(marked, getHeight() / height) != stretch.from) {
          scrollTo(marked);
        }
      }
      default -> {}
    }
  }

  /**
   * Gives a cell another graphic, or none. Styles of what a cell shows are looked up when they
   * change, here and where a row or label wears another class, and not whenever a row shows another
   * item, as JavaFX does it: that takes longer than all else of scrolling.
   */
  public static void show(Labeled cell, @Nullable Node graphic) {
    if (cell.getGraphic() != graphic) {
      cell.setGraphic(graphic);
      cell.applyCss();
    }
  }

  /** A part of the list, as the table sees it. */
  private static final class Stretch extends NumberList {
    private final ObservableList<Integer> all;
    private int from;

    Stretch(ObservableList<Integer> all) {
      this.all = all;
    }

    boolean whole() {
      return all.size() <= STRETCH;
    }

    /** Where a stretch begins that shows {@code page} rows from {@code top} on: here, if it can. */
    int holding(double top, double page) {
      int last = Math.max(0, all.size() - STRETCH);
      boolean above = from == 0 || top - from >= MARGIN;
      boolean below = from == last || from + STRETCH - (top + page) >= MARGIN;
      return above && below && top >= from && top < from + STRETCH
          ? from
          : Math.clamp((long) top - STRETCH / 2, 0, last);
    }

    @Override
    public Integer get(int index) {
      return all.get(from + Objects.checkIndex(index, size()));
    }

    @Override
    public int size() {
      return Math.min(STRETCH, all.size());
    }

    @Override
    public int indexOf(Object number) {
      int index = all.indexOf(number) - from;
      return index < 0 || index >= size() ? -1 : index;
    }
  }

  private static final class StretchSkin extends TableViewSkin<Integer> {
    StretchSkin(LongTable table) {
      super(table);
    }

    @Override
    protected VirtualFlow<TableRow<Integer>> createVirtualFlow() {
      // The base class asks before there is anything of this one.
      return ((LongTable) getSkinnable()).newFlow();
    }
  }

  private Flow newFlow() {
    Flow made = new Flow();
    flow = made;
    return made;
  }

  /** The rows in sight, and beside them the bar of the whole list over that of the stretch. */
  private final class Flow extends VirtualFlow<TableRow<Integer>> {
    private final ScrollBar bar = new ScrollBar();
    private boolean telling;
    private boolean moving;

    Flow() {
      bar.setOrientation(Orientation.VERTICAL);
      bar.setVisible(false);
      getChildren().add(bar);
      bar.valueProperty()
          .addListener((_, _, top) -> {
            if (!telling) {
              go(top.doubleValue());
            }
          });
    }

    /** Whether a row of the stretch is wholly in sight. */
    boolean shows(int index) {
      TableRow<Integer> first = getFirstVisibleCell();
      TableRow<Integer> last = getLastVisibleCell();
      return first != null && last != null && index > first.getIndex() && index < last.getIndex();
    }

    @Override
    public void reconfigureCells() {
      super.reconfigureCells();
    }

    @Override
    public void rebuildCells() {
      super.rebuildCells();
    }

    @Override
    protected void setCellIndex(TableRow<Integer> row, int index) {
      if (row.getSkin() == null || row.getScene() == null) {
        super.setCellIndex(row, index);
        return;
      }
      Set<PseudoClass> states = Set.copyOf(row.getPseudoClassStates());
      row.updateIndex(index);
      // All else that is styled otherwise has seen to that itself, see show().
      if (!states.equals(row.getPseudoClassStates())) {
        row.applyCss();
      }
    }

    /** Pixels that the stretch is longer than what is in sight of it. */
    private double hidden() {
      return Math.max(0, getCellCount() * height - getViewportLength());
    }

    /** Whether it has been laid out with as many rows as there are now. */
    boolean ready() {
      return getViewportLength() > 0 && getCellCount() == stretch.size();
    }

    private double page() {
      return getViewportLength() / height;
    }

    /** The row at the top, with the part of it that is out of sight. */
    private double top() {
      return stretch.from + getPosition() * hidden() / height;
    }

    /** Scrolls so that this is at the top, or as near to it as there are rows. */
    void go(double top) {
      move(stretch.holding(top, page()));
      double hidden = hidden();
      setPosition(hidden == 0 ? 0 : Math.clamp((top - stretch.from) * height / hidden, 0, 1));
    }

    @Override
    protected void layoutChildren() {
      super.layoutChildren();
      boolean longer = !stretch.whole() && getVbar().isVisible();
      bar.setVisible(longer);
      getVbar().setOpacity(longer ? 0 : 1);
      if (!longer) {
        return;
      }
      ScrollBar own = getVbar();
      bar.resizeRelocate(own.getLayoutX(), own.getLayoutY(), own.getWidth(), own.getHeight());
      double all = stretch.all.size();
      telling = true;
      bar.setMax(all - page());
      bar.setVisibleAmount(page() / all * bar.getMax());
      bar.setBlockIncrement(page());
      bar.setValue(top());
      telling = false;
      if (!moving && stretch.holding(top(), page()) != stretch.from) {
        moving = true;
        // Not while a layout runs, which takes no wish for another one.
        Platform.runLater(() -> {
          moving = false;
          go(top());
          // Whoever scrolls next by pixels reckons from the rows that stand here now.
          layout();
        });
      }
    }
  }
}
