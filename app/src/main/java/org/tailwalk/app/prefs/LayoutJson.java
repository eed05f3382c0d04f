// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.prefs;

import com.google.gson.JsonObject;

/** A window's layout as JSON, as preferences and sessions keep it. */
public final class LayoutJson {
  private LayoutJson() {}

  /** Writes it. */
  public static JsonObject write(Preferences.Layout layout) {
    return PreferencesJson.layout(layout);
  }

  /** Reads it; what is wrong in it is left at its default. */
  public static Preferences.Layout read(JsonObject layout) {
    return PreferencesJson.layout(layout, _ -> {});
  }
}
