// SPDX-License-Identifier: Apache-2.0

/** What ran, how fast, how sure we are, what is going on now, and what went wrong. */
@NullMarked
package org.tailwalk.app.status;

import org.jspecify.annotations.NullMarked;
