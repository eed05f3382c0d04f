// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.palette;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Actions;

/** What the palette finds. */
public final class PaletteViewModel {
  /** An action and how well it fits. */
  private record Found(Action action, int score) {}

  private final Actions actions;
  private final StringProperty query = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<List<Action>> found = new ReadOnlyObjectWrapper<>(List.of());

  /** Searches these. */
  public PaletteViewModel(Actions actions) {
    this.actions = actions;
    query.addListener((_, _, _) -> search());
  }

  /** Begins anew: everything that makes sense now, in the order of the help. */
  public void open() {
    query.set("");
    search();
  }

  private void search() {
    List<Found> list = new ArrayList<>();
    for (Action action : actions.all()) {
      int score = Match.score(query.get(), action.chapter() + " " + action.title());
      if (score != Match.NONE && action.enabled().getAsBoolean()) {
        list.add(new Found(action, score));
      }
    }
    // Sorting is stable: equals stay in the order of the help.
    list.sort(Comparator.comparingInt(Found::score).reversed());
    found.set(list.stream().map(Found::action).toList());
  }

  /** What was typed. */
  public StringProperty queryProperty() {
    return query;
  }

  /** The actions that fit, best first. */
  public ReadOnlyObjectProperty<List<Action>> foundProperty() {
    return found.getReadOnlyProperty();
  }
}
