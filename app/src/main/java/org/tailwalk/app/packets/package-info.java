// SPDX-License-Identifier: Apache-2.0

/**
 * The list of packets. A million rows cost what ten do: rows are made when they are looked at, the
 * list itself is an array of numbers, and filtering goes on beside the UI thread.
 */
@NullMarked
package org.tailwalk.app.packets;

import org.jspecify.annotations.NullMarked;
