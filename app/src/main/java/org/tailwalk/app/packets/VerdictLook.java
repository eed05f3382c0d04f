// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import org.tailwalk.app.glossary.Term;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.event.CtStatus;

/** Icon and style class of an outcome: shape beside colour. */
public final class VerdictLook {
  private VerdictLook() {}

  /** The icon. */
  public static Icon icon(Outcome outcome) {
    return switch (outcome) {
      case FORWARDED, DELIVERED -> Icon.CHECK;
      case REDIRECTED -> Icon.REDIRECT;
      case PROXIED -> Icon.PROXY;
      case DROPPED -> Icon.CROSS;
      case UNHEARD -> Icon.WARNING;
      case NOT_RUN -> Icon.NONE;
    };
  }

  /** The whole verdict, the remark, and what such a verdict means. */
  static String tip(PacketRow row) {
    String said = row.verdictWords() + (row.remark().isEmpty() ? "" : "\n" + row.remark());
    String meaning =
        switch (row.outcome()) {
          case FORWARDED, DELIVERED, REDIRECTED -> Term.FORWARDED.text();
          case PROXIED -> Term.PROXIED.text();
          case DROPPED -> Term.DROPPED.text();
          case UNHEARD -> TermTip.words(Term.UNHEARD, Term.UNPOLICED, Term.RAW_CODE);
          case NOT_RUN -> Term.NOT_RUN.text();
        };
    return said + "\n\n" + meaning;
  }

  /** The term behind a conntrack status. */
  static Term term(CtStatus status) {
    return switch (status) {
      case NEW -> Term.STATUS_NEW;
      case ESTABLISHED -> Term.STATUS_ESTABLISHED;
      case REPLY -> Term.STATUS_REPLY;
      case RELATED -> Term.STATUS_RELATED;
      case REOPENED -> Term.STATUS_REOPENED;
    };
  }

  /** The style class beside {@code verdict}. */
  public static String styleClass(Outcome outcome) {
    return switch (outcome) {
      case FORWARDED, DELIVERED, REDIRECTED, PROXIED -> "forwarded";
      case DROPPED -> "dropped";
      case UNHEARD -> "unheard";
      case NOT_RUN -> "not-run";
    };
  }
}
