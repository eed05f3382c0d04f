// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The map state of one endpoint while its filters are being put together: deny-preferred insert
 * with owners and dependents, section 11 of the datapath facts. Used by one thread.
 */
final class PolicyMapState {
  /**
   * A key.
   *
   * @param identity 0 for any
   * @param port host order, 0 for any
   */
  record Key(long identity, int port, int protocol, boolean egress) {
    boolean l3Only() {
      return identity != 0 && port == 0 && protocol == 0;
    }

    boolean all() {
      return identity == 0 && port == 0 && protocol == 0;
    }
  }

  /**
   * An entry.
   *
   * @param redirect whether it goes through the proxy
   * @param proxyPort the proxy's port, 0 when it has none yet
   * @param owners who contributed it
   * @param dependents keys that exist because of it
   */
  record Entry(
      boolean deny, boolean redirect, int proxyPort, Set<Object> owners, Set<Key> dependents) {
    Entry {
      owners = Collections.unmodifiableSet(new LinkedHashSet<>(owners));
      dependents = Collections.unmodifiableSet(new LinkedHashSet<>(dependents));
    }

    static Entry of(boolean deny, boolean redirect, int proxyPort, Object owner) {
      return new Entry(deny, redirect, proxyPort, Set.of(owner), Set.of());
    }

    Entry with(Set<Object> moreOwners, Set<Key> moreDependents) {
      Set<Object> allOwners = new LinkedHashSet<>(owners);
      allOwners.addAll(moreOwners);
      Set<Key> allDependents = new LinkedHashSet<>(dependents);
      allDependents.addAll(moreDependents);
      return new Entry(deny, redirect, proxyPort, allOwners, allDependents);
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /** All entries, in the order they came in. */
  Map<Key, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Inserts; deny wins over allow, and a redirect over a plain allow. */
  void insert(Key key, Entry entry) {
    Entry everything = entries.get(new Key(0, 0, 0, key.egress()));
    if (everything != null && everything.deny()) {
      return;
    }
    if (entry.deny()) {
      insertDeny(key, entry);
    } else if (key.identity() == 0 && key.port() != 0) {
      insertL4Allow(key, entry);
    } else if (!deniesAll(key)) {
      redirectPreferred(key, entry);
    }
  }

  private void insertDeny(Key key, Entry entry) {
    if (key.all()) {
      entries.keySet().removeIf(other -> other.egress() == key.egress());
      add(key, entry);
    } else if (key.l3Only()) {
      Set<Key> dependents = new LinkedHashSet<>();
      for (Map.Entry<Key, Entry> other : List.copyOf(entries.entrySet())) {
        Key k = other.getKey();
        boolean l4 = k.identity() == 0 && (k.port() != 0 || k.protocol() != 0);
        if (l4 && k.egress() == key.egress() && !other.getValue().deny()) {
          Key narrow = new Key(key.identity(), k.port(), k.protocol(), key.egress());
          entries.remove(narrow);
          add(narrow, Entry.of(true, false, 0, key));
          dependents.add(narrow);
        }
      }
      entries
          .keySet()
          .removeIf(k ->
              k.identity() == key.identity()
                  && k.egress() == key.egress()
                  && k.port() != 0
                  && k.protocol() != 0
                  && !dependents.contains(k));
      add(key, entry.with(Set.of(), dependents));
    } else if (!deniesAll(key)) {
      add(key, entry);
    }
  }

  /** An allow of a port for everybody opens nothing for an identity that is denied altogether. */
  private void insertL4Allow(Key key, Entry entry) {
    for (Map.Entry<Key, Entry> other : List.copyOf(entries.entrySet())) {
      Key k = other.getKey();
      if (k.l3Only() && k.egress() == key.egress() && other.getValue().deny()) {
        Key narrow = new Key(k.identity(), key.port(), key.protocol(), key.egress());
        entries.remove(narrow);
        add(narrow, Entry.of(true, false, 0, k));
        entries.put(k, other.getValue().with(Set.of(), Set.of(narrow)));
      }
    }
    add(key, entry);
  }

  private boolean deniesAll(Key key) {
    Entry l3 = entries.get(new Key(key.identity(), 0, 0, key.egress()));
    return key.identity() != 0 && l3 != null && l3.deny();
  }

  private void redirectPreferred(Key key, Entry entry) {
    Entry old = entries.get(key);
    if (old != null && (old.redirect() || old.deny())) {
      entries.put(key, old.with(entry.owners(), entry.dependents()));
    } else {
      add(key, entry);
    }
  }

  private void add(Key key, Entry entry) {
    Entry old = entries.get(key);
    entries.put(key, old == null ? entry : entry.with(old.owners(), old.dependents()));
  }

  /**
   * Takes back what an owner contributed: the entry goes when nobody else owns it, and its
   * dependents with it.
   */
  void delete(Key key, Object owner) {
    Entry old = entries.get(key);
    if (old == null) {
      return;
    }
    Set<Object> owners = new LinkedHashSet<>(old.owners());
    owners.remove(owner);
    if (!owners.isEmpty()) {
      entries.put(
          key, new Entry(old.deny(), old.redirect(), old.proxyPort(), owners, old.dependents()));
      return;
    }
    entries.remove(key);
    for (Key dependent : new ArrayList<>(old.dependents())) {
      delete(dependent, key);
    }
  }
}
