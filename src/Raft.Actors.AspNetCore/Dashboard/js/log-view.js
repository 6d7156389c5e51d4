// The log view: a row per node, a cell per entry, aligned by index.
import { byId, make, mark, onNextFrame, say } from "./dom.js";
import { cellOf } from "./log-cells.js";
import { LogPages } from "./log-pages.js";
import { LogWindow } from "./log-window.js";
import { moveByKeys, moveByPointer } from "./log-moves.js";
import { EntryPanel } from "./entry-panel.js";

const cellWidth = 38;
const nameWidth = 72;
const labelWidth = 9;

export class LogView {
  window = new LogWindow();
  /** The cell that is the tab stop. */
  active = null;
  #cluster;
  #grid = byId("log-grid");
  #body = make("tbody", { role: "rowgroup" });
  #table = make("table", { role: "grid", "aria-labelledby": "log-title", className: "log-table" },
    make("thead", { role: "rowgroup" }, rowOf(make("th", { role: "columnheader", scope: "col", textContent: "index" }))),
    this.#body);
  #draw = onNextFrame(() => this.#redraw());
  #pages = new LogPages(this.#draw);
  #panel = new EntryPanel(this.#pages);

  constructor(cluster) {
    this.#cluster = cluster;
    this.#grid.append(this.#table);
    new ResizeObserver(() => this.draw()).observe(this.#grid);
    moveByKeys(this, this.#table);
    moveByPointer(this, this.#grid);
    byId("log-older").onclick = () => this.move(() => this.window.moveBy(-this.window.count));
    byId("log-newer").onclick = () => this.move(() => this.window.moveBy(this.window.count));
    byId("log-follow").onclick = () => this.move(() => this.window.showEnd(this.window.last));
    byId("log-position").oninput = event => this.move(() => this.window.showEnd(Number(event.target.value)));
  }

  draw() {
    this.#draw();
  }

  get nodeIds() {
    return this.#cluster.nodes.map(node => node.nodeId);
  }

  move(change) {
    change();
    this.#redraw();
  }

  open(nodeId, index) {
    this.#panel.show(index);
    this.focusOn(nodeId, index);
  }

  close() {
    this.#panel.hide();
  }

  focusOn(nodeId, index) {
    this.active = { nodeId, index };
    this.move(() => this.window.show(index));
    this.#table.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  #redraw() {
    const { nodes, lastIndex } = this.#cluster;
    const { window } = this;
    window.count = Math.max(1, Math.floor((this.#grid.clientWidth - nameWidth) / cellWidth));
    window.grow(lastIndex, this.#table.contains(document.activeElement));
    byId("log-empty").hidden = lastIndex > 0;
    this.#grid.hidden = lastIndex === 0;
    byId("log-bar").hidden = lastIndex <= window.count;
    this.#shape(nodes.length, Math.min(window.count, lastIndex));
    this.#keepActive(nodes);
    this.#drawHead();
    nodes.forEach((node, i) => this.#drawRow(node, this.#body.rows[i]));
    this.#drawBar();
    this.#panel.draw(this.#cluster);
    for (const node of nodes) if (this.#cluster.isUp(node)) this.#pages.want(node.status, window.from, window.to);
  }

  /** Adds or removes rows and cells as needed. Existing ones are reused, to keep the focus. */
  #shape(rows, columns) {
    while (this.#body.rows.length > rows) this.#body.deleteRow(-1);
    while (this.#body.rows.length < rows) this.#body.append(rowOf(make("th", { role: "rowheader", scope: "row" })));
    for (const row of this.#table.rows) {
      const isHead = row.parentElement !== this.#body;
      while (row.cells.length > columns + 1) row.deleteCell(-1);
      while (row.cells.length < columns + 1)
        row.append(isHead ? make("th", { role: "columnheader", scope: "col" }) : make("td", { role: "gridcell" }));
    }
  }

  /** One cell is always the tab stop: the active one, or the last entry of the first node. */
  #keepActive(nodes) {
    const { from, to, last } = this.window;
    const { nodeId, index } = this.active ?? {};
    if (!this.nodeIds.includes(nodeId) || index < from || index > to)
      this.active = nodes.length > 0 ? { nodeId: nodes[0].nodeId, index: Math.min(to, last) } : null;
  }

  /** Each column has its index, shown if there is room. */
  #drawHead() {
    const { from, to } = this.window;
    const every = Math.ceil((String(to).length * labelWidth) / cellWidth);
    [...this.#table.tHead.rows[0].cells].slice(1).forEach((cell, i) => {
      say(cell, String(from + i));
      cell.classList.toggle("is-tight", (from + i) % every !== 0);
    });
  }

  #drawRow(node, row) {
    const isUp = this.#cluster.isUp(node);
    row.className = isUp ? (this.#cluster.leader?.nodeId === node.nodeId ? "is-leader" : "") : "is-silent";
    const [name, ...cells] = row.cells;
    say(name, node.nodeId);
    name.title = isUp ? "" : "State at its last response";
    cells.forEach((cell, i) => {
      const index = this.window.from + i;
      const shown = cellOf(this.#cluster, this.#pages, node, index);
      const isActive = this.active?.nodeId === node.nodeId && this.active.index === index;
      mark(cell, "class", `cell ${shown?.look ?? "none"}${this.#panel.index === index ? " is-open" : ""}`);
      say(cell, shown?.text ?? "");
      mark(cell, "aria-label", `${node.nodeId}, index ${index}, ${shown?.name ?? "no entry"}`);
      mark(cell, "title", shown?.title ? `${index}: ${shown.title}` : null);
      mark(cell, "data-index", index);
      mark(cell, "tabindex", isActive ? 0 : -1);
    });
  }

  #drawBar() {
    const { from, to, last, count, isFollowing } = this.window;
    const position = byId("log-position");
    position.min = Math.min(count, last);
    position.max = last;
    position.value = Math.min(to, last);
    mark(byId("log-follow"), "aria-pressed", isFollowing);
    byId("log-older").disabled = from <= 1;
    byId("log-newer").disabled = to >= last;
    const [first, end, all] = [from, Math.min(to, last), last].map(n => n.toLocaleString("en"));
    say(byId("log-range"), `${first} to ${end} of ${all}`);
  }
}

const rowOf = head => make("tr", { role: "row" }, head);
