// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All actions of a window, in the order in which the features hand them in. UI thread. */
public final class Actions {
  private final List<Action> all = new ArrayList<>();

  /** Adds a feature's actions. */
  public void add(List<Action> actions) {
    all.addAll(actions);
  }

  /** All of them; a view that grows. */
  public List<Action> all() {
    return Collections.unmodifiableList(all);
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

  /** Names and keys that are taken twice: a mistake of the wiring. */
  public List<String> conflicts() {
    List<String> found = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    for (Action action : all) {
      String before = taken.put("id " + action.id(), action.id());
      if (before != null) {
        found.add("two actions are called " + before);
      }
      for (Key key : action.keys()) {
        String other = taken.put("key " + key, action.id());
        if (other != null) {
          found.add(key + " does " + other + " and " + action.id());
        }
      }
    }
    return found;
  }
}
