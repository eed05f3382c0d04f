// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

/** An answer; unknown when the subject doesn't know enough of its packet. */
public enum Truth {
  NO,
  UNKNOWN,
  YES;

  static Truth of(boolean yes) {
    return yes ? YES : NO;
  }

  Truth not() {
    return switch (this) {
      case NO -> YES;
      case YES -> NO;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
