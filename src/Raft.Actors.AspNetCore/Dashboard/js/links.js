// The links between nodes: a table with a button for each pair.
import { byId, make, mark, say } from "./dom.js";

/** With this many nodes or more, there is no room for words. */
const dense = 5;

export class Links {
  #toggle;
  #names = "";
  #buttons = [];

  /** Calls `toggle` with two nodes and whether the link between them is cut. */
  constructor(toggle) {
    this.#toggle = toggle;
  }

  draw(cluster) {
    const names = cluster.nodes.map(node => node.nodeId);
    if (names.join() !== this.#names) this.#build(names);
    for (const { a, b, button } of this.#buttons) {
      const isCut = cluster.isCut(a, b);
      const isDense = names.length > dense;
      say(button, isCut ? (isDense ? "✂" : "✂ cut") : isDense ? "—" : "linked");
      mark(button, "aria-label", `${isCut ? "cut" : "linked"}: ${a} and ${b}`);
      button.classList.toggle("is-cut", isCut);
      button.onclick = () => this.#toggle(a, b, isCut);
    }
  }

  #build(names) {
    this.#names = names.join();
    this.#buttons = [];
    if (names.length < 2) return byId("links").replaceChildren();
    const head = names.slice(1).map(name => make("th", { scope: "col", textContent: name }));
    const rows = names.slice(0, -1).map((a, i) => make("tr", {},
      make("th", { scope: "row", textContent: a }),
      ...names.slice(1).map((b, j) => make("td", {}, j < i ? null : this.#button(a, b)))));
    byId("links").replaceChildren(make("div", { className: "scroll", role: "region", "aria-label": "Links", tabIndex: 0 },
      make("table", { className: `links${names.length > dense ? " is-dense" : ""}` },
        make("caption", { textContent: "Links: press a link to cut or heal it" }),
        make("thead", {}, make("tr", {}, make("td"), ...head)), make("tbody", {}, ...rows))));
  }

  #button(a, b) {
    const button = make("button", { type: "button" });
    this.#buttons.push({ a, b, button });
    return button;
  }
}
