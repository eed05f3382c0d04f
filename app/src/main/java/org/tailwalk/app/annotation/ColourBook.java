// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.annotation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.ColourRule;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;
import org.tailwalk.filter.Level;
import org.tailwalk.filter.Subject;
import org.tailwalk.filter.Truth;

/** Colouring rules, understood. What summaries can't decide is looked up in a set found before. */
final class ColourBook {
  /**
   * A rule that is switched on and understood.
   *
   * @param found the packets that pass, for a filter that needs more than summaries; null as long
   *     as nobody has looked
   */
  record Page(ColourRule rule, Filter filter, @Nullable BitSet found) {
    boolean needsLooking() {
      return filter.level() != Level.SUMMARY && found == null;
    }
  }

  static final ColourBook EMPTY = new ColourBook(List.of());

  private final List<Page> pages;

  private ColourBook(List<Page> pages) {
    this.pages = List.copyOf(pages);
  }

  /** Understands rules; those that can't be understood colour nothing. */
  static ColourBook of(List<ColourRule> rules) {
    List<Page> pages = new ArrayList<>();
    for (ColourRule rule : rules) {
      if (rule.enabled()) {
        try {
          Filter filter = Filter.parse(rule.filter());
          if (!filter.all()) {
            pages.add(new Page(rule, filter, null));
          }
        } catch (FilterException e) {
          // The page of rules says what is wrong with it.
          continue;
        }
      }
    }
    return new ColourBook(pages);
  }

  List<Page> pages() {
    return pages;
  }

  /** With the packets that pass a rule's filter. */
  ColourBook with(Page page, BitSet found) {
    List<Page> changed = new ArrayList<>(pages);
    changed.replaceAll(p -> p == page ? new Page(p.rule(), p.filter(), found) : p);
    return new ColourBook(changed);
  }

  /** The first rule that a packet passes; null for none. */
  @Nullable ColourRule of(Subject subject) {
    for (Page page : pages) {
      BitSet found = page.found();
      boolean passes =
          found == null
              ? page.filter().test(subject) == Truth.YES
              : found.get((int) subject.number());
      if (passes) {
        return page.rule();
      }
    }
    return null;
  }
}
