// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tables;

/** What there is a table of. */
enum Diagram {
  STAGE,
  LIFE,
  STRIP
}
