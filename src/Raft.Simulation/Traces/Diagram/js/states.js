// The states and logs of the nodes at one moment; the logs look as in Figure 7 of the Raft paper.
import { element } from "./dom.js";
import { hueOfTerm } from "./kinds.js";
import { tip } from "./pointing.js";
import { entryName, seconds } from "./words.js";

const MOST_ENTRIES = 30;

// In pixels: the space beside the logs, the minimum width of an entry, and the minimum width for its text.
const BESIDE_LOG = 530;
const LEAST_ENTRY = 22;
const WORDED_ENTRY = 52;

export class StatesTable {
  constructor(run) {
    this.run = run;
    this.shown = "";
    this.longest = [...run.histories.values()].flatMap(h => h.states).reduce((max, state) => Math.max(max, state.lastIndex), 1);
    this.table = document.getElementById("states-table");
    this.table.addEventListener("pointermove", event => this.#explainEntry(event));
    this.table.addEventListener("pointerleave", () => tip.hide());
    this.#fillLegend();
  }

  /** Shows the moment at this position of the run. */
  show(order, t, isPinned) {
    const pinned = element("b", "", isPinned ? " (pinned; Esc unpins)" : " (follows the pointer; click to pin)");
    document.getElementById("states-title").replaceChildren(`Nodes at ${seconds(t)}`, pinned);
    const states = this.run.nodes.map(node => this.run.histories.get(node).at(order));
    const key = states.map(state => state?.position ?? -1).join() + this.#width();
    if (key === this.shown) return;
    this.shown = key;
    this.#fill(states);
  }

  #fill(states) {
    const logs = states.map((state, i) => state === null ? [] : this.run.histories.get(this.run.nodes[i]).logOf(state));
    const last = Math.max(0, ...logs.map(log => log.at(-1)?.index ?? 0));
    const room = Math.max(0, this.#width() - BESIDE_LOG);
    const columns = Math.max(5, Math.min(MOST_ENTRIES, this.longest, Math.floor(room / (LEAST_ENTRY + 2))));
    const first = Math.max(1, last - columns + 1);
    const width = Math.max(LEAST_ENTRY, Math.min(120, Math.floor(room / columns) - 2));
    this.table.style.setProperty("--entry-width", width + "px");
    const committed = this.#committed(states, logs);
    const rows = states.map((state, i) => this.#row(this.run.nodes[i], state, logs[i], first, last, width, committed));
    const body = element("tbody");
    body.append(...rows);
    this.table.replaceChildren(this.#head(first, last), body);
  }

  #head(first, last) {
    const row = element("tr");
    for (const name of ["node", "role", "term", "vote", "leader", "commit", "applied", "durable"]) {
      const cell = element("th", ["term", "commit", "applied", "durable"].includes(name) ? "number" : "", name);
      cell.scope = "col";
      row.append(cell);
    }
    const indexes = element("div", "log");
    indexes.append(element("span", "rest", "log index"));
    for (let index = first; index <= last; index++) indexes.append(element("span", "index", String(index)));
    const cell = element("th");
    cell.scope = "col";
    cell.append(indexes);
    row.append(cell);
    const head = element("thead");
    head.append(row);
    return head;
  }

  #row(node, state, log, first, last, width, committed) {
    const change = state?.change ?? null;
    const row = element("tr", state?.role === "down" ? "down" : "");
    const name = element("th", "", node);
    name.scope = "row";
    const role = element("td");
    role.append(element("span", "role " + (state?.role ?? "starting"), state?.role ?? "no state yet"));
    const text = value => element("td", "", value ?? "\u2013");
    const number = value => element("td", "number", value === undefined ? "\u2013" : String(value));
    const entries = element("td");
    entries.append(this.#log(log, change, first, last, width, committed));
    row.append(name, role, number(change?.term), text(change?.votedFor), text(change?.leader),
      number(change?.commit), number(change?.applied), number(change?.durable), entries);
    return row;
  }

  #log(log, change, first, last, width, committed) {
    const boxes = element("div", "log");
    boxes.setAttribute("role", "img");
    boxes.setAttribute("aria-label", "log, index/term: " + (log.map(entryName).join(" ") || "empty"));
    boxes.append(element("span", "rest", restOf(log, first)));
    const byIndex = new Map(log.map(entry => [entry.index, entry]));
    for (let index = first; index <= last; index++) {
      const entry = byIndex.get(index);
      boxes.append(entry === undefined ? element("span", "gap") : this.#box(entry, change, width, committed));
    }
    return boxes;
  }

  #box(entry, change, width, committed) {
    const box = element("span", "entry");
    box.style.setProperty("--hue", hueOfTerm(entry.term));
    const isCommitted = entry.index <= change.commit;
    const marks = { committed: isCommitted, applied: entry.index <= change.applied, unwritten: entry.index > change.durable };
    for (const [mark, isOn] of Object.entries(marks)) box.classList.toggle(mark, isOn);
    box.classList.toggle("differs", isCommitted && committed.get(entry.index).size > 1);
    box.append(element("b", "", String(entry.term)));
    box.classList.toggle("worded", width >= WORDED_ENTRY);
    if (width >= WORDED_ENTRY) box.append(element("small", "", entry.text));
    box.entry = { entry, marks };
    return box;
  }

  /** For each index, the different entries that nodes consider committed. More than one contradicts Raft (section 5.4). */
  #committed(states, logs) {
    const committed = new Map();
    states.forEach((state, i) => {
      for (const entry of logs[i]) {
        if (entry.index > state.change.commit) break;
        committed.set(entry.index, (committed.get(entry.index) ?? new Set()).add(`${entry.term} ${entry.text}`));
      }
    });
    return committed;
  }

  #explainEntry(event) {
    const shown = event.target.closest(".entry")?.entry;
    if (shown === undefined) return tip.hide();
    const { entry, marks } = shown;
    tip.show(event.clientX, event.clientY, {
      title: `index ${entry.index}, term ${entry.term}`,
      lines: [entry.text, [marks.committed ? "committed" : "not committed", marks.applied ? "applied" : "not applied",
        marks.unwritten ? "not on disk yet" : "on disk"].join(", ")],
    });
  }

  #fillLegend() {
    const sample = (className, text) => {
      const item = element("span");
      const box = element("span", "entry " + className);
      box.style.setProperty("--hue", hueOfTerm(3));
      box.append(element("b", "", "3"));
      item.append(box, text);
      return item;
    };
    document.getElementById("entry-legend").append(
      "Number and colour: the entry's term.", sample("committed", "committed"), sample("", "not committed"),
      sample("committed applied", "applied"), sample("unwritten", "not on disk yet"),
      sample("committed differs", "another node committed another entry"));
  }

  #width() {
    return document.getElementById("states").clientWidth;
  }
}

/** The entries of a log before the first visible column. */
function restOf(log, first) {
  if (log.length === 0) return "empty";
  const rest = log.filter(entry => entry.index < first);
  if (rest.length === 0) return "";
  return rest.length === 1 ? `${rest[0].index} \u2026` : `${rest[0].index}\u2013${rest.at(-1).index} \u2026`;
}
