// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Duration;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Markdown as JavaFX nodes: paragraphs, headings, emphasis, code, lists, tables, quotations, links.
 * Styles are {@code lesson.css}'s. A kind of block that is not known here shows its text.
 */
public final class MarkdownView {
  /** Characters of a cell's line in a narrow drawer. */
  private static final int LINE = 12;

  private final Consumer<String> pointers;
  private final Function<String, String> terms;

  /**
   * With what links do.
   *
   * @param pointers is told the destination of a {@code packet:} link that was followed
   * @param terms gives what a term means
   */
  public MarkdownView(Consumer<String> pointers, Function<String, String> terms) {
    this.pointers = pointers;
    this.terms = terms;
  }

  /** The words of one paragraph, from Markdown text. */
  public Region inline(String markdown) {
    VBox box = blocks(List.of());
    for (org.commonmark.node.Node at = Parser.builder().build().parse(markdown).getFirstChild();
        at != null;
        at = at.getNext()) {
      box.getChildren().add(block(at));
    }
    return box;
  }

  /** Blocks below each other. */
  public VBox blocks(List<org.commonmark.node.Node> blocks) {
    VBox box = new VBox();
    box.getStyleClass().add("markdown");
    blocks.forEach(block -> box.getChildren().add(block(block)));
    return box;
  }

  private VBox children(org.commonmark.node.Node parent) {
    List<org.commonmark.node.Node> found = new ArrayList<>();
    for (org.commonmark.node.Node at = parent.getFirstChild(); at != null; at = at.getNext()) {
      found.add(at);
    }
    return blocks(found);
  }

  private Node block(org.commonmark.node.Node block) {
    return switch (block) {
      case Paragraph paragraph -> flow(paragraph, "paragraph");
      case Heading heading -> flow(heading, "heading");
      case FencedCodeBlock code -> code(code.getLiteral());
      case IndentedCodeBlock code -> code(code.getLiteral());
      case BulletList list -> list(list, false);
      case OrderedList list -> list(list, true);
      case BlockQuote quote -> {
        VBox box = children(quote);
        box.getStyleClass().add("remember");
        yield box;
      }
      case TableBlock table -> table(table);
      case ThematicBreak _ -> {
        Region line = new Region();
        line.getStyleClass().add("break-line");
        yield line;
      }
      default -> flow(block, "paragraph");
    };
  }

  private static Node code(String literal) {
    Label label = new Label(literal.stripTrailing());
    label.getStyleClass().add("code-block");
    label.setWrapText(true);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }

  private Node list(ListBlock list, boolean numbered) {
    VBox box = new VBox();
    box.getStyleClass().add("list");
    int number = 1;
    for (org.commonmark.node.Node item = list.getFirstChild();
        item != null;
        item = item.getNext()) {
      Label mark = new Label(numbered ? number++ + "." : "•");
      mark.setMinWidth(Region.USE_PREF_SIZE);
      VBox content = children(item);
      HBox.setHgrow(content, Priority.ALWAYS);
      HBox row = new HBox(mark, content);
      row.getStyleClass().add("list-item");
      box.getChildren().add(row);
    }
    return box;
  }

  private Node table(TableBlock table) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("markdown-table");
    int row = 0;
    int columns = 0;
    List<Integer> lengths = new ArrayList<>();
    for (org.commonmark.node.Node part = table.getFirstChild();
        part != null;
        part = part.getNext()) {
      for (org.commonmark.node.Node line = part.getFirstChild();
          line != null;
          line = line.getNext()) {
        if (line instanceof TableRow cells) {
          int column = 0;
          for (org.commonmark.node.Node at = cells.getFirstChild(); at != null; at = at.getNext()) {
            if (at instanceof TableCell cell) {
              TextFlow flow = flow(cell, cell.isHeader() ? "cell-head" : "cell");
              GridPane.setFillWidth(flow, true);
              flow.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
              grid.add(flow, column, row);
              int length = weight(cell);
              if (column < lengths.size()) {
                lengths.set(column, Math.max(lengths.get(column), length));
              } else {
                lengths.add(length);
              }
              column++;
            }
          }
          columns = Math.max(columns, column);
          row++;
        }
      }
    }
    int all = lengths.stream().mapToInt(n -> n).sum();
    for (int i = 0; i < columns; i++) {
      ColumnConstraints constraint = new ColumnConstraints();
      constraint.setPercentWidth(100.0 * lengths.get(i) / Math.max(1, all));
      constraint.setHalignment(HPos.LEFT);
      grid.getColumnConstraints().add(constraint);
    }
    return grid;
  }

  /** How much room a cell wants: its longest word whole, and lines of some length. */
  private static int weight(org.commonmark.node.Node cell) {
    String words = words(cell);
    int longest = 1;
    for (String word : words.split("\\s+")) {
      longest = Math.max(longest, word.length());
    }
    return 2 + Math.max(longest, Math.min(words.length(), LINE));
  }

  private static String words(org.commonmark.node.Node node) {
    StringBuilder words = new StringBuilder();
    for (org.commonmark.node.Node at = node.getFirstChild(); at != null; at = at.getNext()) {
      words.append(said(at));
    }
    return words.toString();
  }

  private static String said(org.commonmark.node.@Nullable Node node) {
    return switch (node) {
      case null -> "";
      case org.commonmark.node.Text text -> text.getLiteral();
      case Code code -> code.getLiteral();
      default -> words(node);
    };
  }

  private TextFlow flow(org.commonmark.node.Node block, String style) {
    TextFlow flow = new TextFlow();
    flow.getStyleClass().add(style);
    inline(flow, block, List.of(style + "-text"), null);
    return flow;
  }

  private void inline(
      TextFlow flow, org.commonmark.node.Node parent, List<String> styles, @Nullable String link) {
    for (org.commonmark.node.Node at = parent.getFirstChild(); at != null; at = at.getNext()) {
      switch (at) {
        case org.commonmark.node.Text text -> word(flow, text.getLiteral(), styles, link);
        case Code code -> word(flow, code.getLiteral(), with(styles, "code"), link);
        case SoftLineBreak _ ->
            word(flow, SoftBreak.between(said(at.getPrevious()), said(at.getNext())), styles, link);
        case HardLineBreak _ -> word(flow, "\n", styles, link);
        case Emphasis emphasis -> inline(flow, emphasis, with(styles, "emphasis"), link);
        case StrongEmphasis strong -> inline(flow, strong, with(styles, "strong"), link);
        case Link to -> inline(flow, to, styles, to.getDestination());
        default -> inline(flow, at, styles, link);
      }
    }
  }

  private static List<String> with(List<String> styles, String more) {
    List<String> all = new ArrayList<>(styles);
    all.add(more);
    return all;
  }

  private void word(TextFlow flow, String words, List<String> styles, @Nullable String link) {
    if (link != null && (link.startsWith("packet:") || link.startsWith("term:"))) {
      flow.getChildren().add(linked(words, link));
      return;
    }
    Text text = new Text(words);
    text.getStyleClass().addAll(styles);
    text.getStyleClass().add("lesson-text");
    flow.getChildren().add(text);
  }

  private Node linked(String words, String link) {
    Hyperlink hyperlink = new Hyperlink(words);
    hyperlink.setVisited(false);
    if (link.startsWith("packet:")) {
      hyperlink.getStyleClass().add("pointer");
      hyperlink.setOnAction(_ -> {
        hyperlink.setVisited(false);
        pointers.accept(link);
      });
      return hyperlink;
    }
    hyperlink.getStyleClass().add("term");
    Tooltip meaning = new Tooltip(terms.apply(link.substring(5).replace("%20", " ")));
    meaning.setWrapText(true);
    meaning.setMaxWidth(360);
    meaning.setShowDelay(Duration.millis(150));
    meaning.setShowDuration(Duration.seconds(40));
    hyperlink.setTooltip(meaning);
    hyperlink.setOnAction(_ -> {
      hyperlink.setVisited(false);
      var at = hyperlink.localToScreen(0, hyperlink.getHeight());
      if (at != null) {
        meaning.setAutoHide(true);
        meaning.show(hyperlink, at.getX(), at.getY());
      }
    });
    return hyperlink;
  }
}
