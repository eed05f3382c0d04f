// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.tailwalk.app.action.TabKey;
import org.tailwalk.app.text.Texts;

/** A report over the window: read it, copy it, go on. */
public final class FaultView extends VBox {
  private static final double WIDTH = 780;
  private static final int ROWS = 18;

  /**
   * Shows {@code report}.
   *
   * @param file where it was written
   * @param packet the packet that was shown, with its bytes; empty for none
   */
  public FaultView(FaultReport report, Optional<Path> file, String packet, Runnable close) {
    super(10);
    Texts texts = Texts.of(FaultView.class);
    getStyleClass().add("overlay");
    setMaxSize(WIDTH, USE_PREF_SIZE);
    setPrefWidth(WIDTH);
    Label title = new Label(texts.get("title"));
    title.getStyleClass().add("empty-title");
    Label what = new Label(texts.get("what", report.title()));
    what.setWrapText(true);
    what.setMinHeight(USE_PREF_SIZE);
    TextArea text = new TextArea(report.text(""));
    TabKey.leaves(text);
    text.setId("fault-text");
    text.setEditable(false);
    text.setPrefRowCount(ROWS);
    text.getStyleClass().add("report-text");
    text.setAccessibleText(texts.get("title"));
    Label where = new Label(file.map(f -> texts.get("file", f.toString())).orElse(""));
    where.getStyleClass().addAll("muted", "small");
    where.setWrapText(true);
    where.setMinHeight(USE_PREF_SIZE);
    CheckBox bytes = new CheckBox(texts.get("bytes"));
    bytes.setId("fault-bytes");
    bytes.setDisable(packet.isEmpty());
    bytes.setOnAction(_ -> {
      String now = report.text(bytes.isSelected() ? packet : "");
      text.setText(now);
      file.ifPresent(f -> rewrite(f, now, where, texts));
    });
    Button copy = new Button(texts.get("copy"));
    copy.setOnAction(_ ->
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text.getText())));
    Button goOn = new Button(texts.get("close"));
    goOn.getStyleClass().add("primary");
    goOn.setDefaultButton(true);
    goOn.setOnAction(_ -> close.run());
    HBox buttons = new HBox(8, copy, goOn);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(title, what, text, bytes, where, buttons);
  }

  private static void rewrite(Path file, String text, Label where, Texts texts) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      where.setText(texts.get("unwritten", file.toString(), String.valueOf(e.getMessage())));
    }
  }
}
