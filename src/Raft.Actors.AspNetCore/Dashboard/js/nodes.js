// The cards of the nodes.
import { conditionOf } from "./cluster.js";
import { animate, Countdown } from "./countdown.js";
import { byId, make, mark, say } from "./dom.js";

const numbers = [
  ["Term", "term", "the newest term that it knows"],
  ["Log ends at", "lastLogIndex", "index of its last entry"],
  ["Committed", "commitIndex", "entries up to this index can't be lost"],
  ["Applied", "lastApplied", "entries up to this index are applied to the state"],
];

/** A card. Its elements are kept as long as the node is known, to keep the focus. */
class Card {
  element = make("li", { className: "node" });
  countdown = new Countdown();
  #role = make("span", { className: "role" });
  #reason = make("p", { className: "reason" });
  #waits = make("p", { className: "waits aside" });
  #values = numbers.map(() => make("dd"));
  #address = make("p", { className: "address" });
  #buttons = make("div", { className: "buttons" });

  constructor(nodeId, actions) {
    this.element.dataset.node = nodeId;
    const title = make("h3", { textContent: nodeId });
    const list = make("dl", {}, ...numbers.map(([label, , meaning], i) =>
      make("div", { title: meaning }, make("dt", { textContent: label }), this.#values[i])));
    this.#buttons.append(...actions.map(([action, label, run]) => make("button", {
      type: "button", textContent: label(nodeId), "data-action": action, onclick: () => run(nodeId),
    })));
    this.element.append(
      make("div", { className: "node-head" }, title, this.#role, this.countdown.element),
      this.#reason, this.#waits, list, this.#address, this.#buttons);
  }

  draw(cluster, node, isOffered) {
    const { look, word, reason } = conditionOf(cluster, node);
    const status = cluster.isUp(node) ? node.status : null;
    const known = status ?? cluster.lastStatus(node.nodeId);
    this.element.className = `node is-${look}`;
    say(this.#role, look === "leader" ? "★ leader" : word);
    say(this.#reason, reason);
    say(this.#waits, waiting(status, cluster));
    numbers.forEach(([, field], i) => say(this.#values[i], known ? known[field].toLocaleString("en") : "–"));
    this.element.classList.toggle("is-old", status === null && known !== null);
    say(this.#address, node.address);
    this.countdown.take(status?.electionTimeoutMs ?? null, status?.electionTimeoutLeftMs ?? 0, node.seenAt);
    for (const button of this.#buttons.children) button.hidden = !isOffered(button.dataset.action, node);
    mark(this.element, "aria-label", `${node.nodeId}, ${word}`);
  }
}

function waiting(status, cluster) {
  if (!status) return "";
  if (status.role === "leader") return cluster.voters > 1 ? "sends heartbeats to its followers" : "needs no other node";
  return status.role === "candidate" ? "asks the other nodes for votes" : "starts an election when its countdown ends";
}

/** The section with the cards. */
export class Nodes {
  #cards = new Map();
  #actions;
  #isOffered;

  /** Actions are [name, button text for a node, function]. */
  constructor(actions, isOffered) {
    this.#actions = actions;
    this.#isOffered = isOffered;
    animate(() => [...this.#cards.values()].map(card => card.countdown));
  }

  draw(cluster) {
    const list = byId("node-cards");
    byId("no-nodes").hidden = cluster.nodes.length > 0;
    const names = cluster.nodes.map(node => node.nodeId);
    for (const [name, card] of this.#cards) {
      if (names.includes(name)) continue;
      card.element.remove();
      this.#cards.delete(name);
    }
    cluster.nodes.forEach((node, i) => {
      if (!this.#cards.has(node.nodeId)) this.#cards.set(node.nodeId, new Card(node.nodeId, this.#actions));
      const { element } = this.#cards.get(node.nodeId);
      if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
      this.#cards.get(node.nodeId).draw(cluster, node, (action, n) => this.#isOffered(action, n, cluster));
    });
  }
}
