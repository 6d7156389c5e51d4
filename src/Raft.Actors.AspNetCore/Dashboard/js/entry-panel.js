// Details of an entry, opened from a cell of the log.
import { byId, make, refill } from "./dom.js";
import { stageOf } from "./log-cells.js";
import { firstIndexOf } from "./log-pages.js";

const kinds = {
  command: "a command of the state machine",
  "no-op": "no-op, the first entry of a leader's term (§8)",
  "open-session": "opens a client's session (§8)",
};

const difference = "The nodes differ here. At most one of these can be committed; the leader's replaces the others (§5.3).";

export class EntryPanel {
  /** The open index; null for none. */
  index = null;
  #pages;
  #panel = byId("entry");

  constructor(pages) {
    this.#pages = pages;
  }

  show(index) {
    this.index = index;
  }

  hide() {
    this.index = null;
    this.#panel.replaceChildren();
  }

  draw(cluster) {
    if (this.index === null) return;
    const copies = cluster.nodes.map(({ nodeId }) => this.#copyOf(cluster, nodeId));
    const versions = [...Map.groupBy(copies.filter(c => c.entry), c => c.entry.term).values()];
    const title = make("h3", { textContent: `Entry ${this.index.toLocaleString("en")}` });
    const close = make("button", { type: "button", textContent: "Close", onclick: () => this.hide() });
    if (versions.length > 1) versions.sort((a, b) => b[0].entry.term - a[0].entry.term);
    const parts = versions.map(version => this.#version(version, versions.length > 1));
    const rest = copies.filter(c => !c.entry && c.word).map(c => `${c.nodeId}: ${c.word}`);
    const about = versions.length > 1
      ? [make("p", { textContent: difference })]
      : [];
    this.#fill(make("div", { className: "entry-head" }, title, close), ...about, ...parts,
      ...(rest.length > 0 ? [make("p", { className: "aside", textContent: rest.join("; ") })] : []));
  }

  /** Replaces what differs, except the button, which may have the focus. */
  #fill(head, ...rest) {
    const isSame = this.#panel.firstElementChild?.textContent === head.textContent;
    if (!isSame) this.#panel.replaceChildren(head, make("div", { className: "entry-body" }));
    refill(this.#panel.lastElementChild, rest);
  }

  #copyOf(cluster, nodeId) {
    const status = cluster.lastStatus(nodeId);
    if (!status) return { nodeId, word: "unknown" };
    if (this.index > status.lastLogIndex) return { nodeId, word: "not appended yet" };
    if (this.index < firstIndexOf(status)) return { nodeId, word: "covered by its snapshot" };
    const entry = this.#pages.entry(nodeId, this.index);
    return { nodeId, entry, word: "not loaded", stage: stageOf(status, this.index) };
  }

  #version(copies, isOneOfSeveral) {
    const { entry } = copies[0];
    const on = stages => copies.filter(c => stages.includes(c.stage)).map(c => c.nodeId).join(", ") || "no node yet";
    const facts = [
      ["Term", entry.term],
      ["Kind", kinds[entry.kind] ?? entry.kind],
      ...(entry.command ? [["Command", entry.command]] : []),
      ...(entry.kind === "command" ? [["Size", `${entry.bytes.toLocaleString("en")} bytes`]] : []),
      ["In the log of", on(["appended", "committed", "applied"])],
      ["Committed on", on(["committed", "applied"])],
      ["Applied on", on(["applied"])],
    ];
    return make("dl", { className: isOneOfSeveral ? "facts one-of" : "facts" }, ...facts.map(([name, value]) =>
      make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value }))));
  }
}
