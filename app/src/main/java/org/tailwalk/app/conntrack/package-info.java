// SPDX-License-Identifier: Apache-2.0

/**
 * The life of the selected packet's connection tracking entry. A lookup's status (NEW, REPLY, …)
 * and an entry's state (SYN, ACTIVE, …) are two things and never mixed.
 */
@NullMarked
package org.tailwalk.app.conntrack;

import org.jspecify.annotations.NullMarked;
