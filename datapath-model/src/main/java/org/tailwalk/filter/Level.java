// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

/** How much of a packet is at hand, the dearer the later. */
public enum Level {
  /** What is kept of every packet. */
  SUMMARY,
  /** Its bytes too. */
  FRAME,
  /** What the engines said of it too. */
  TRACE
}
