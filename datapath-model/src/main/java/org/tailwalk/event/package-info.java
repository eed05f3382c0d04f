// SPDX-License-Identifier: Apache-2.0
/**
 * The one vocabulary both engines speak: map roles with their keys and values, notifications, path
 * events, verdicts.
 */
@NullMarked
package org.tailwalk.event;

import org.jspecify.annotations.NullMarked;
