// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketsViewModel;
import org.tailwalk.app.session.Focus;
import org.tailwalk.filter.Completer;
import org.tailwalk.filter.Completion;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;
import org.tailwalk.filter.Level;

/** What stands in the filter bar, and what that means. UI thread. */
public final class FilterViewModel {
  private static final int REMEMBERED = 30;

  /** How the text is meant. */
  public enum State {
    /** Nothing stands there: all packets. */
    EMPTY,
    GOOD,
    BAD
  }

  private final PacketsViewModel packets;
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.EMPTY);
  private final ReadOnlyObjectWrapper<@Nullable FilterException> error =
      new ReadOnlyObjectWrapper<>();
  private final List<String> history = new ArrayList<>();
  private Completer completer = Completer.ofNothing();
  private Filter understood = Filter.ALL;
  private Consumer<List<String>> remember = _ -> {};

  /** Filters {@code packets}; completes with what occurs in the replay that is looked at. */
  public FilterViewModel(PacketsViewModel packets, Focus focus) {
    this.packets = packets;
    focus
        .replayProperty()
        .addListener((_, _, replay) ->
            completer = replay == null ? Completer.ofNothing() : new Completer(new Seen(replay)));
    text.addListener((_, _, now) -> understand(now));
  }

  /** Begins with what was typed in earlier days, and hands the list on when it changes. */
  public void history(List<String> earlier, Consumer<List<String>> onChange) {
    history.clear();
    history.addAll(earlier.subList(0, Math.min(REMEMBERED, earlier.size())));
    remember = onChange;
  }

  private void understand(String now) {
    try {
      understood = Filter.parse(now);
      error.set(null);
      state.set(understood.all() ? State.EMPTY : State.GOOD);
    } catch (FilterException e) {
      error.set(e);
      state.set(State.BAD);
    }
  }

  /**
   * Some time has passed since the last letter: carries the filter out, unless it is none, or
   * packets would have to be run again for it: that waits for {@link #apply}.
   */
  public void settle() {
    if (state.get() != State.BAD && understood.level() != Level.TRACE) {
      packets.setFilter(understood);
    }
  }

  /**
   * Carries the filter out and remembers it.
   *
   * @return false when it is none
   */
  public boolean apply() {
    if (state.get() == State.BAD) {
      return false;
    }
    packets.setFilter(understood);
    if (!understood.all()) {
      history.remove(understood.text());
      history.addFirst(understood.text());
      while (history.size() > REMEMBERED) {
        history.removeLast();
      }
      remember.accept(List.copyOf(history));
    }
    return true;
  }

  /** Sets a filter as if it had been typed, and carries it out. */
  public void set(String filter) {
    text.set(filter);
    apply();
  }

  /** Adds a condition to the filter that stands there. */
  public void and(String condition) {
    String before = state.get() == State.GOOD ? text.get().strip() : "";
    set(before.isEmpty() ? condition : "(" + before + ") && " + condition);
  }

  /** Shows all packets again; false when they were. */
  public boolean clear() {
    if (text.get().isEmpty() && packets.filterProperty().get().all()) {
      return false;
    }
    text.set("");
    packets.setFilter(Filter.ALL);
    return true;
  }

  /** Puts in the place of what is wrong what was suggested; false without a suggestion. */
  public boolean mend() {
    FilterException wrong = error.get();
    if (wrong == null || wrong.suggestion().isEmpty()) {
      return false;
    }
    text.set(wrong.mended());
    return true;
  }

  /** How the text may go on at the caret; with no text, what was typed before. */
  public List<Completion> completions(int caret) {
    if (text.get().isBlank()) {
      return history.stream().map(h -> new Completion(0, text.get().length(), h)).toList();
    }
    return completer.complete(text.get(), caret);
  }

  /** Completes with what occurs in the replay that is looked at. */
  public Completer completer() {
    return completer;
  }

  /** Filters carried out before, the last first. */
  public List<String> history() {
    return List.copyOf(history);
  }

  /** What is typed. */
  public StringProperty textProperty() {
    return text;
  }

  /** Whether it is a filter. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What is wrong with it; holds null when nothing is. */
  public ReadOnlyObjectProperty<@Nullable FilterException> errorProperty() {
    return error.getReadOnlyProperty();
  }
}
