// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;

/**
 * The shapes that say beside the colour what a thing is. Drawn, not typed, so that they look the
 * same with every font. Paths are in a box of 16 by 16.
 */
public enum Icon {
  CHECK("M2.2 8.6 L4.2 6.6 L6.6 9 L11.8 3.2 L13.8 5.1 L6.7 13 Z"),
  CROSS(
      "M3.2 5.2 L5.2 3.2 L8 6 L10.8 3.2 L12.8 5.2 L10 8 L12.8 10.8 L10.8 12.8 L8 10 L5.2 12.8"
          + " L3.2 10.8 L6 8 Z"),
  WARNING(
      "M8 1.8 L15 14.2 L1 14.2 Z M7.1 6 L7.3 10 L8.7 10 L8.9 6 Z M7.2 11.2 L7.2 12.8 L8.8 12.8 L8.8"
          + " 11.2 Z"),
  NOT_EQUAL(
      "M2.5 5 L9.2 5 L10.6 2.2 L12.2 3 L11.2 5 L13.5 5 L13.5 6.8 L10.3 6.8 L9.1 9.2 L13.5 9.2"
          + " L13.5 11 L8.2 11 L6.8 13.8 L5.2 13 L6.2 11 L2.5 11 L2.5 9.2 L7.1 9.2 L8.3 6.8"
          + " L2.5 6.8 Z"),
  REDIRECT("M2 7 L9.5 7 L9.5 3.6 L14.4 8 L9.5 12.4 L9.5 9 L2 9 Z"),
  PROXY("M2 7 L6 7 L6 3.2 L10.2 3.2 L10.2 7 L14 7 L14 9 L10.2 9 L10.2 12.8 L6 12.8 L6 9 L2 9 Z"),
  NONE("M3.5 7.2 L12.5 7.2 L12.5 8.8 L3.5 8.8 Z"),
  PLAY("M4 2.6 L13.2 8 L4 13.4 Z"),
  PAUSE("M4 3 L6.8 3 L6.8 13 L4 13 Z M9.2 3 L12 3 L12 13 L9.2 13 Z"),
  STEP("M4.2 3.2 L11.2 8 L4.2 12.8 Z M11.4 3.2 L13 3.2 L13 12.8 L11.4 12.8 Z"),
  STEP_BACK("M11.8 3.2 L4.8 8 L11.8 12.8 Z M4.6 3.2 L3 3.2 L3 12.8 L4.6 12.8 Z"),
  FIRST("M13 3 L7.4 8 L13 13 Z M7.4 3 L2.8 8 L7.4 13 Z M2.6 3 L1.4 3 L1.4 13 L2.6 13 Z"),
  LAST("M3 3 L8.6 8 L3 13 Z M8.6 3 L13.2 8 L8.6 13 Z M13.4 3 L14.6 3 L14.6 13 L13.4 13 Z"),
  EXPRESS("M1.6 3 L7.4 8 L1.6 13 Z M7.8 3 L14.4 8 L7.8 13 Z"),
  LETTER(
      "M1.5 3.4 L14.5 3.4 L8 8.7 Z M1.2 4.6 L5.6 8.1 L1.2 11.8 Z M14.8 4.6 L14.8 11.8 L10.4 8.1 Z"
          + " M6.4 8.8 L8 10.1 L9.6 8.8 L14.2 12.6 L1.8 12.6 Z"),
  ENTER("M2 2.5 L14 2.5 L14 13.5 L2 13.5 Z M6 5 L6 11 L11 8 Z"),
  CALL("M2 4 L8.5 4 L8.5 9 L11.6 9 L7.6 13.6 L3.6 9 L6.7 9 L6.7 5.8 L2 5.8 Z"),
  MAP(
      "M2.5 3 L13.5 3 L13.5 5.6 L2.5 5.6 Z M2.5 6.8 L13.5 6.8 L13.5 9.4 L2.5 9.4 Z M2.5 10.6 L13.5"
          + " 10.6 L13.5 13.2 L2.5 13.2 Z"),
  WRITE("M2.4 13.6 L3.2 10.2 L10.6 2.8 L13.2 5.4 L5.8 12.8 Z"),
  MOON("M10.8 1.8 A6.4 6.4 0 1 0 14.2 10.4 A5.2 5.2 0 0 1 10.8 1.8 Z"),
  SUN(
      "M8 4.6 A3.4 3.4 0 1 0 8 11.4 A3.4 3.4 0 1 0 8 4.6 Z M7.3 1 L8.7 1 L8.7 3 L7.3 3 Z M7.3 13"
          + " L8.7 13 L8.7 15 L7.3 15 Z M1 7.3 L3 7.3 L3 8.7 L1 8.7 Z M13 7.3 L15 7.3 L15 8.7 L13"
          + " 8.7 Z M2.6 3.6 L3.6 2.6 L5 4 L4 5 Z M11 12 L12 11 L13.4 12.4 L12.4 13.4 Z M12.4 2.6"
          + " L13.4 3.6 L12 5 L11 4 Z M4 11 L5 12 L3.6 13.4 L2.6 12.4 Z"),
  FLAG("M3 1.8 L4.4 1.8 L4.4 2.6 L13.4 2.6 L11.2 5.8 L13.4 9 L4.4 9 L4.4 14.2 L3 14.2 Z"),
  CLOCK(
      "M8 1.6 A6.4 6.4 0 1 0 8 14.4 A6.4 6.4 0 1 0 8 1.6 Z M7.2 4.2 L8.7 4.2 L8.7 7.6 L11.6 9.3"
          + " L10.8 10.6 L7.2 8.5 Z"),
  NOTE(
      "M2.5 2.2 L13.5 2.2 L13.5 10 L9.8 13.8 L2.5 13.8 Z M4.6 4.6 L4.6 5.8 L11.4 5.8 L11.4 4.6 Z"
          + " M4.6 7.2 L4.6 8.4 L11.4 8.4 L11.4 7.2 Z"),
  BREAKPOINT("M8 2.4 A5.6 5.6 0 1 0 8 13.6 A5.6 5.6 0 1 0 8 2.4 Z"),
  COLOURS(
      "M2 2 L7.4 2 L7.4 7.4 L2 7.4 Z M8.6 2 L14 7.4 L8.6 7.4 Z M8.6 8.6 L14 8.6 L14 14 L8.6 14 Z"
          + " M2 8.6 L7.4 8.6 L7.4 11 L4.6 14 L2 14 Z"),
  PLUS("M7 3 L9 3 L9 7 L13 7 L13 9 L9 9 L9 13 L7 13 L7 9 L3 9 L3 7 L7 7 Z"),
  MINUS("M3 7 L13 7 L13 9 L3 9 Z"),
  FIT(
      "M2 2 L6.5 2 L6.5 3.6 L3.6 3.6 L3.6 6.5 L2 6.5 Z M9.5 2 L14 2 L14 6.5 L12.4 6.5 L12.4 3.6"
          + " L9.5 3.6 Z M2 9.5 L3.6 9.5 L3.6 12.4 L6.5 12.4 L6.5 14 L2 14 Z M12.4 9.5 L14 9.5 L14"
          + " 14 L9.5 14 L9.5 12.4 L12.4 12.4 Z"),
  BRANCH(
      "M2 7 L5 7 L10 2.9 L10 1 L14.4 3.8 L10 6.6 L10 5 L6.7 8 L10 11 L10 9.4 L14.4 12.2 L10 15 L10"
          + " 13.1 L5 9 L2 9 Z"),
  RECENT(
      "M8 1.2 A6.8 6.8 0 1 0 8 14.8 A6.8 6.8 0 1 0 8 1.2 Z M8 2.9 A5.1 5.1 0 1 1 8 13.1 A5.1 5.1 0"
          + " 1 1 8 2.9 Z M7.2 4.4 L8.8 4.4 L8.8 7.7 L11.2 9.5 L10.2 10.8 L7.2 8.5 Z"),
  SETTINGS(
      "M7 1 L9 1 L9.4 3.1 L11 3.8 L12.8 2.6 L14.2 4 L13 5.8 L13.6 7.1 L15 7.2 L15 9 L13.5 9.2 L12.9"
          + " 10.6 L14 12.3 L12.6 13.7 L10.9 12.5 L9.4 13.1 L9 15 L7 15 L6.6 13.1 L5.1 12.5 L3.4"
          + " 13.7 L2 12.3 L3.1 10.6 L2.5 9.2 L1 9 L1 7 L2.5 6.7 L3.1 5.4 L2 3.7 L3.4 2.3 L5.1 3.5"
          + " L6.6 2.9 Z M8 5.6 A2.4 2.4 0 1 0 8 10.4 A2.4 2.4 0 1 0 8 5.6 Z"),
  HELP(
      "M5 5.6 A3 3 0 1 1 9 8.4 L9 9.8 L7.2 9.8 L7.2 7.3 L8 7 A1.3 1.3 0 1 0 6.7 5.6 Z M7.1 11.2"
          + " L9.1 11.2 L9.1 13.2 L7.1 13.2 Z");

  private final String path;

  Icon(String path) {
    this.path = path;
  }

  /** The path's text, for canvases. */
  public String path() {
    return path;
  }

  /**
   * A node of about {@code size} pixels that takes its colour from the style class {@code icon} and
   * the parent's {@code -tw-icon}.
   */
  public Node node(double size) {
    SVGPath shape = new SVGPath();
    shape.setContent(path);
    Bounds box = shape.getLayoutBounds();
    Region region = new Region();
    region.setShape(shape);
    region.getStyleClass().add("icon");
    double width = Math.max(2, size * box.getWidth() / 14);
    double height = Math.max(2, size * box.getHeight() / 14);
    region.setMinSize(width, height);
    region.setPrefSize(width, height);
    region.setMaxSize(width, height);
    return region;
  }
}
