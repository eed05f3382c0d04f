// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import org.jspecify.annotations.Nullable;
import org.tailwalk.replay.history.Write;

/**
 * A field of the entry that is selected.
 *
 * @param key whether it belongs to the key, which nobody changes
 * @param value as the first lane has it
 * @param other as the model has it where that differs, else empty
 * @param changed whether the packet shown has changed it
 * @param writer who gave it this value; null for the key's, and where that lies too far back
 */
public record FieldLine(
    String name,
    boolean key,
    String value,
    String other,
    boolean changed,
    Write.@Nullable Writer writer) {}
