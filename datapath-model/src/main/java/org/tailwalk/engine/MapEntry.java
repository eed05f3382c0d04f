// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;

/** An entry as read from a map. */
public record MapEntry(MapKey key, MapValue value) {}
