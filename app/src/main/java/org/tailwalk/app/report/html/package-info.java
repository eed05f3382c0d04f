// SPDX-License-Identifier: Apache-2.0

/**
 * Replays and comparisons as one page each: self-contained, without scripts, readable by a screen
 * reader, printable, light and dark as the reader's system has it. Well-formed as XML, so that a
 * test can hold every page against that.
 */
@NullMarked
package org.tailwalk.app.report.html;

import org.jspecify.annotations.NullMarked;
