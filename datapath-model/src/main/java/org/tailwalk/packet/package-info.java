// SPDX-License-Identifier: Apache-2.0
/** Captured frames and views of their headers: plain values, no I/O. */
@NullMarked
package org.tailwalk.packet;

import org.jspecify.annotations.NullMarked;
