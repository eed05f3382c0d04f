// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

/**
 * A map as one endpoint's program sees it.
 *
 * @param role what it is for
 * @param endpoint the endpoint it belongs to, 0 for shared maps
 * @param name its symbol when the role is {@link MapRole#OTHER}, else empty
 */
public record MapRef(MapRole role, int endpoint, String name) {
  /** The one map of this role. */
  public static MapRef shared(MapRole role) {
    return new MapRef(role, 0, "");
  }

  /** The endpoint's own map of this role. */
  public static MapRef of(MapRole role, int endpoint) {
    return new MapRef(role, role.shared() ? 0 : endpoint, "");
  }

  @Override
  public String toString() {
    String base = role == MapRole.OTHER ? name : role.name().toLowerCase(java.util.Locale.ROOT);
    return endpoint == 0 ? base : base + "@" + endpoint;
  }
}
