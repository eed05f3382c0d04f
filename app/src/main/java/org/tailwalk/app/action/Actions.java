// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All actions of a window, in the order in which the features hand them in. UI thread. */
public final class Actions {
  private final List<Action> all = new ArrayList<>();

  private final Map<String, String> places = new HashMap<>();
  private Supplier<String> place = () -> "";
  private Consumer<String> done = _ -> {};

  /** Tells which workspace is shown. */
  public void placedBy(Supplier<String> shown) {
    place = shown;
  }

  /** Adds a feature's actions, which make sense whatever is shown. */
  public void add(List<Action> actions) {
    actions.forEach(action -> all.add(noted(action)));
  }

  /** Calls {@code by} with the name of each action that is done. */
  public void onDone(Consumer<String> by) {
    done = by;
  }

  private Action noted(Action action) {
    return new Action(
        action.id(),
        action.chapter(),
        action.title(),
        action.keys(),
        action.enabled(),
        () -> {
          done.accept(action.id());
          action.run().run();
        });
  }

  /** Adds actions of one workspace: another one may have the same keys. */
  public void add(String workspace, List<Action> actions) {
    for (Action action : actions) {
      places.put(action.id(), workspace);
      all.add(
          noted(action)
              .when(() -> place.get().equals(workspace) && action.enabled().getAsBoolean()));
    }
  }

  /** All of them; a view that grows. */
  public List<Action> all() {
    return Collections.unmodifiableList(all);
  }

  /** The workspace an action belongs to; empty for one that makes sense in all of them. */
  public String workspaceOf(Action action) {
    return places.getOrDefault(action.id(), "");
  }

  /** The action of this name. */
  public Optional<Action> find(String id) {
    return all.stream().filter(a -> a.id().equals(id)).findFirst();
  }

  /** The first action with such a key that makes sense now. */
  public Optional<Action> of(Predicate<Key> key) {
    return all.stream()
        .filter(a -> a.keys().stream().anyMatch(key) && a.enabled().getAsBoolean())
        .findFirst();
  }

  /** Names and keys that are taken twice in one workspace: a mistake of the wiring. */
  public List<String> conflicts() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Action action = all.get(i);
      for (Action before : all.subList(0, i)) {
        if (before.id().equals(action.id())) {
          found.add("two actions are called " + action.id());
        }
        for (Key key : action.keys()) {
          if (before.keys().contains(key) && together(before, action)) {
            found.add(key + " does " + before.id() + " and " + action.id());
          }
        }
      }
    }
    return found;
  }

  private boolean together(Action one, Action other) {
    String here = places.getOrDefault(one.id(), "");
    String there = places.getOrDefault(other.id(), "");
    return here.isEmpty() || there.isEmpty() || here.equals(there);
  }
}
