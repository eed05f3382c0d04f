// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableColumn;

/**
 * Shares the list's width among its columns: first what a packet is about and what became of it
 * become legible, then the lesser columns come, and what is left goes to the words that are cut. A
 * width that the user chose stays.
 */
final class ColumnShare {
  private static final double SCROLL_BAR = 13;
  private static final double LEAST_WORDS = 104;
  private static final double LEAST_VERDICT = 94;
  private static final double LEAST_ENDS = 156;
  private static final double USUAL_VERDICT = 126;
  private static final double MOST_VERDICT = 230;
  private static final double MOST_ENDS = 330;

  /** Less than this beside everything else, and the addresses go: the path tells them too. */
  private static final double LEAST_INFO = 96;

  private static final double LEGIBLE_INFO = 140;

  /** Rather cut than scrolled sideways. */
  private static final double NARROWEST_INFO = 60;

  private final List<TableColumn<Integer, Integer>> lesser;
  private final TableColumn<Integer, Integer> info;
  private final TableColumn<Integer, Integer> verdict;
  private final TableColumn<Integer, Integer> ends;
  private final Map<TableColumn<Integer, ?>, Double> chosen = new IdentityHashMap<>();
  private final Map<TableColumn<Integer, ?>, Double> usual = new IdentityHashMap<>();
  private double infoWords = LEAST_WORDS;
  private double verdictWords = LEAST_VERDICT;
  private double endsWords = LEAST_ENDS;
  private boolean spreading;

  /**
   * Of these columns.
   *
   * @param lesser that go first when there is little room, the first of them first
   */
  ColumnShare(
      List<TableColumn<Integer, Integer>> lesser,
      TableColumn<Integer, Integer> info,
      TableColumn<Integer, Integer> verdict,
      TableColumn<Integer, Integer> ends) {
    this.lesser = List.copyOf(lesser);
    this.info = info;
    this.verdict = verdict;
    this.ends = ends;
  }

  /** Notes what the user drags. */
  void watch(List<? extends TableColumn<Integer, ?>> columns) {
    for (TableColumn<Integer, ?> column : columns) {
      usual.put(column, column.getPrefWidth());
      column
          .widthProperty()
          .addListener((_, _, now) -> {
            if (!spreading) {
              chosen.put(column, now.doubleValue());
            }
          });
    }
  }

  /** What a column needs for what is in it now. */
  void want(TableColumn<Integer, ?> column, double width) {
    usual.put(column, width);
  }

  /** What the words need that can be cut. */
  void wantWords(double about, double became, double pair) {
    infoWords = Math.max(LEAST_WORDS, about);
    verdictWords = Math.clamp(became, LEAST_VERDICT, MOST_VERDICT);
    usual.put(verdict, Math.min(verdictWords, USUAL_VERDICT));
    endsWords = Math.clamp(pair, LEAST_ENDS, MOST_ENDS);
  }

  /** The widths the user chose, 0 for none. */
  List<Double> chosen(List<? extends TableColumn<Integer, ?>> columns) {
    List<Double> widths = new ArrayList<>();
    columns.forEach(c -> widths.add(chosen.getOrDefault(c, 0.0)));
    return widths;
  }

  /**
   * Takes up widths that were chosen before; other counts than there are columns change nothing.
   */
  void choose(List<? extends TableColumn<Integer, ?>> columns, List<Double> widths) {
    if (widths.size() == columns.size()) {
      chosen.clear();
      for (int i = 0; i < widths.size(); i++) {
        if (widths.get(i) > 0) {
          chosen.put(columns.get(i), widths.get(i));
        }
      }
    }
  }

  /** Gives every column its width; those for which there is no room are hidden. */
  void spread(List<? extends TableColumn<Integer, ?>> columns, double width) {
    if (width <= 0) {
      return;
    }
    double left = width - SCROLL_BAR;
    for (TableColumn<Integer, ?> column : columns) {
      left -= column == info ? 0 : least(column);
    }
    List<TableColumn<Integer, ?>> hidden = new ArrayList<>();
    for (TableColumn<Integer, Integer> column : lesser) {
      if (left < LEAST_WORDS) {
        hidden.add(column);
        left += least(column);
      }
    }
    if (left < LEAST_INFO) {
      hidden.add(ends);
      left += least(ends);
    }
    // Beside an open page in a small window what became of it is cut as well: its colour tells.
    double less =
        chosen.containsKey(verdict) ? 0 : share(LEAST_INFO - left, least(verdict) - LEAST_VERDICT);
    left += less;
    // A legible part of what a packet is about, then what became of it, then all of the former.
    double unread = left - Math.min(infoWords, LEGIBLE_INFO);
    double more = chosen.containsKey(verdict) ? 0 : share(unread, verdictWords - least(verdict));
    double spare = left - more - infoWords;
    boolean fixed = hidden.contains(ends) || chosen.containsKey(ends);
    double longer = fixed ? 0 : share(spare, endsWords - least(ends));
    double rest = Math.max(NARROWEST_INFO, left - more - longer);
    spreading = true;
    try {
      for (TableColumn<Integer, ?> column : columns) {
        column.setVisible(!hidden.contains(column));
        double extra = column == verdict ? more - less : column == ends ? longer : 0;
        column.setPrefWidth(
            column == info ? chosen.getOrDefault(info, rest) : least(column) + extra);
      }
    } finally {
      spreading = false;
    }
  }

  private double least(TableColumn<Integer, ?> column) {
    return chosen.getOrDefault(column, usual.getOrDefault(column, column.getPrefWidth()));
  }

  private static double share(double spare, double wanted) {
    return Math.clamp(spare, 0, Math.max(0, wanted));
  }
}
